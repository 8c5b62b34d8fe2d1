import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { GarbageReport } from '@pipewright/shared/http/gc.ts';
import type { ArtifactUpkeep } from '../artifacts/artifact-store.ts';
import type { EnvironmentBuilder } from '../environments/environment-builder.ts';
import type { RetentionStore } from '../store/retention-store.ts';
import { clearAttempts, runFolders } from './clear-attempts.ts';
import { clearImports } from './clear-imports.ts';
import { Disposal, type Freed } from './disposal.ts';
import { findReferences, readRuns, References, type KnownRuns } from './find-references.ts';
import { sideBySide } from './side-by-side.ts';

export interface RetentionParts {
  readonly store: RetentionStore;
  readonly upkeep: ArtifactUpkeep;
  readonly environments: Pick<EnvironmentBuilder, 'hashOf' | 'builds'>;
  /** `runs/`, `environments/` and `imports/` in the data folder. */
  readonly runsFolder: string;
  readonly environmentsFolder: string;
  /** `downloads/` there. */
  readonly downloadsFolder: string;
  readonly importsFolder: string;
  readonly now: () => number;
}

interface Collection extends RetentionParts {
  readonly runs: KnownRuns;
  readonly references: References;
  readonly disposal: Disposal;
  readonly keptSince: number;
  /** Who has come upon an artifact since then may rely on it, and the database not know of it. */
  readonly usedSince: number;
}

const dayMs = 24 * 60 * 60 * 1000;
const environmentName = /^[0-9a-f]{8,64}$/;
const downloadName = /^[0-9a-f]{40}$/;

/** Marks what is needed and throws away the rest; attempts first, so that the bytes they share with an artifact count with it. */
export async function collectGarbage(
  parts: RetentionParts,
  { dryRun, keepDays }: { readonly dryRun: boolean; readonly keepDays: number },
): Promise<GarbageReport> {
  const { store, upkeep, runsFolder } = parts;
  const keptSince = parts.now() - keepDays * dayMs;
  const heldSince = upkeep.heldSince();
  const folders = await runFolders(runsFolder);
  const runs = await readRuns(store, keptSince);
  const references = new References((definition) => parts.environments.hashOf(definition));
  await findReferences(store, runs, references);
  const disposal = new Disposal(dryRun);
  const collection: Collection = { ...parts, runs, references, disposal, keptSince, usedSince: Math.min(heldSince, runs.busySince) };

  const leftovers = nothing();
  for (const root of rootsOf(parts)) await disposal.earlier(root, leftovers);
  const attempts = nothing();
  await clearAttempts({ store, runsFolder, disposal, attempts, leftovers }, folders, collection);
  const objects = nothing();
  const stored = await upkeep.stored();
  await clearObjects(collection, objects);
  const environments = nothing();
  await clearEnvironments(collection, environments);
  await clearDownloads(collection, leftovers);
  await clearLeftovers(collection, leftovers);
  await clearImports({ store, importsFolder: parts.importsFolder, disposal, leftovers, now: parts.now() });
  if (!dryRun) {
    await store.forgetOrphans();
    await disposal.finish();
  }
  const freedBytes = [objects, attempts, environments, leftovers].reduce((sum, { bytes }) => sum + bytes, 0);
  const kept = { objects: stored.length - objects.count, runs: runs.kept.size };
  return { dryRun, keepDays, freedBytes, objects, attempts, environments, leftovers, kept, undeleted: disposal.undeleted };
}

/** Each has a trash of its own. */
export const rootsOf = ({ upkeep, runsFolder, environmentsFolder, downloadsFolder, importsFolder }: RetentionParts): readonly string[] => [
  upkeep.folder,
  runsFolder,
  environmentsFolder,
  downloadsFolder,
  importsFolder,
];

async function clearObjects(collection: Collection, freed: Freed): Promise<void> {
  const { upkeep, references, disposal, usedSince } = collection;
  await addLateRuns(collection);
  const unneeded = (await upkeep.stored()).filter(({ hash }) => !references.hashes.has(hash));
  await sideBySide(unneeded, async ({ hash, path }) => {
    await disposal.discard(path, { root: upkeep.folder, freed, isWanted: () => upkeep.isUsedSince(hash, usedSince) });
  });
}

/** Those that nothing kept was run in, and that were not built lately; one that is being built is left alone. */
async function clearEnvironments(collection: Collection, freed: Freed): Promise<void> {
  const { environments, environmentsFolder, references, disposal, keptSince } = collection;
  const building = new Set((await environments.builds()).filter(({ status }) => status === 'building').map(({ hash }) => hash));
  const names = (await readdir(environmentsFolder).catch(() => [])).filter((name) => environmentName.test(name));
  for (const name of names) {
    const path = join(environmentsFolder, name);
    const madeAt = (await stat(path).catch(() => null))?.mtimeMs ?? Infinity;
    await addLateRuns(collection);
    if (references.environments.has(name) || building.has(name) || madeAt > keptSince) continue;
    await disposal.discard(path, { root: environmentsFolder, freed });
  }
}

/** What was fetched and no kept run has read; an address that is asked for again is fetched again. */
async function clearDownloads(collection: Collection, freed: Freed): Promise<void> {
  const { downloadsFolder, references, disposal, keptSince, usedSince } = collection;
  for (const name of (await readdir(downloadsFolder).catch(() => [])).filter((entry) => downloadName.test(entry))) {
    const path = join(downloadsFolder, name);
    const [folder, meta] = [await stat(path).catch(() => null), await stat(join(path, 'meta.json')).catch(() => null)];
    const usedAt = Math.max(folder?.mtimeMs ?? Infinity, meta?.mtimeMs ?? 0);
    await addLateRuns(collection);
    if (references.downloads.has(name) || usedAt > Math.min(keptSince, usedSince)) continue;
    await disposal.discard(path, { root: downloadsFolder, freed });
  }
}

async function clearLeftovers({ upkeep, disposal, keptSince }: Collection, freed: Freed): Promise<void> {
  for (const path of await upkeep.forgettable(keptSince)) await disposal.discard(path, { root: upkeep.folder, freed });
  for (const path of await upkeep.leftovers()) await disposal.discard(path, { root: upkeep.folder, freed });
  for (const { path, isReplaced, setAsideAt } of await upkeep.damaged()) {
    if (isReplaced || setAsideAt < keptSince) await disposal.discard(path, { root: upkeep.folder, freed });
  }
}

/** Runs that were accepted while the others were read. */
async function addLateRuns({ store, runs, references }: Collection): Promise<void> {
  const now = await store.runs();
  for (const { id } of now.toReversed()) {
    if (runs.kept.has(id) || runs.old.has(id)) break;
    await references.addRun(store, id);
  }
}

const nothing = (): Freed => ({ count: 0, bytes: 0 });
