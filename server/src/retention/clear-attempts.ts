import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attemptFiles } from '../compute/attempt-files.ts';
import type { RetentionStore } from '../store/retention-store.ts';
import type { Disposal, Freed } from './disposal.ts';
import { stepFolder, type KnownRuns, type References } from './find-references.ts';
import { sideBySide } from './side-by-side.ts';

export interface Clearing {
  readonly store: RetentionStore;
  readonly runsFolder: string;
  readonly disposal: Disposal;
  readonly attempts: Freed;
  readonly leftovers: Freed;
}

/** In a run's folder: nothing of it is left to clear. */
const clearedName = '.cleared';
const runName = /^\d+$/;

/** Folders of runs; to be asked before the runs themselves, so that a run that comes in between is known. */
export async function runFolders(runsFolder: string): Promise<readonly string[]> {
  return (await readdir(runsFolder).catch(() => [])).filter((name) => runName.test(name));
}

/** Working copies of runs that are no longer kept, and what removed runs have left behind. */
export async function clearAttempts(
  clearing: Clearing,
  folders: readonly string[],
  { runs, references }: { readonly runs: KnownRuns; readonly references: References },
): Promise<void> {
  for (const run of folders) {
    if (runs.kept.has(run)) continue;
    if (runs.old.has(run)) await clearRun(clearing, run, references);
    else await clearRemovedRun(clearing, run, references);
  }
}

/** Logs, endings and what an MLflow client has left stay; outputs too while somebody names them by their path. */
async function clearRun(clearing: Clearing, run: string, references: References): Promise<void> {
  const { runsFolder, disposal } = clearing;
  const names = await readdir(join(runsFolder, run));
  if (names.includes(clearedName)) return;
  const before = disposal.undeleted.length;
  const isNeeded = (step: string): boolean => references.steps.has(`${run}/${step}`);
  const isWhole = !names.some(isNeeded);
  await sideBySide(names, async (step) => await clearStep(clearing, join(runsFolder, run, step), isNeeded(step)));
  if (isWhole && !disposal.isDry && disposal.undeleted.length === before) await writeFile(join(runsFolder, run, clearedName), '').catch(() => undefined);
}

/** A step of it whose result stands in for another run's keeps its log. */
export async function clearRemovedRun(clearing: Clearing, run: string, references: References): Promise<void> {
  const { store, runsFolder, disposal, leftovers } = clearing;
  const donors = new Set((await store.donorsIn(run)).map((step) => stepFolder(run, step)));
  const folder = join(runsFolder, run);
  if (donors.size === 0) {
    await disposal.discard(folder, { root: runsFolder, freed: leftovers });
    return;
  }
  for (const step of await readdir(folder).catch(() => [])) {
    const name = `${run}/${step}`;
    if (donors.has(name)) await clearStep(clearing, join(folder, step), references.steps.has(name));
    else await disposal.discard(join(folder, step), { root: runsFolder, freed: leftovers });
  }
}

async function clearStep({ runsFolder, disposal, attempts }: Clearing, folder: string, areOutputsNeeded: boolean): Promise<void> {
  const { work, inputs, outputs } = attemptFiles;
  for (const attempt of await readdir(folder).catch(() => [])) {
    const there = new Set(await readdir(join(folder, attempt)).catch(() => []));
    const going = [work, inputs, ...(areOutputsNeeded ? [] : [outputs])].filter((name) => there.has(name));
    const freed = { count: 0, bytes: 0 };
    for (const name of going) await disposal.discard(join(folder, attempt, name), { root: runsFolder, freed });
    attempts.bytes += freed.bytes;
    if (freed.count > 0) attempts.count += 1;
  }
}
