import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { structuredPatch } from 'diff';
import type { Reason } from '@pipewright/shared/run/reason.ts';
import type { Fingerprint, FingerprintParts } from '../engine/fingerprint.ts';
import type { EarlierStep } from '../store/store.ts';
import type { Memory } from './look-up-earlier.ts';

/** A step that runs, and the run of it that its reasons compare it with. */
export interface ComparedStep {
  /** Of its code as it is now; null without code. */
  readonly code: string | null;
  readonly fingerprint: Fingerprint;
  readonly nearest: EarlierStep | undefined;
}

/** Says of code how many lines changed, and of folders how many files: what the fingerprints alone do not tell. */
export async function detailReasons(memory: Memory, reasons: readonly Reason[], compared: ComparedStep): Promise<Reason[]> {
  const { nearest } = compared;
  if (!nearest) return [...reasons];
  return await Promise.all(reasons.map(async (reason) => ({ ...reason, text: `${reason.text}${await detailOf(memory, reason, { ...compared, nearest })}` })));
}

type Compared = ComparedStep & { readonly nearest: EarlierStep };

async function detailOf(memory: Memory, { code, subject = '' }: Reason, compared: Compared): Promise<string> {
  const { nearest, fingerprint } = compared;
  const [earlier, now] = [nearest.parts, fingerprint.parts];
  if (code === 'code-changed') {
    const [before, after] = [earlier.code?.[subject], now.code?.[subject]];
    if (before === undefined || after === undefined) return '';
    return await memory.differences.of(before, after, async () => await changedLines(memory, subject, compared));
  }
  if (code === 'data-changed') {
    const [before, after] = [dataOf(earlier, subject), dataOf(now, subject)];
    if (before === null || after === null) return '';
    return await memory.differences.of(before, after, async () => await changedFiles(memory, before, after));
  }
  return '';
}

/** Larger files are hardly written by hand. */
const mostBytes = 256 * 1024;
/** Texts that differ more than this are as good as new ones, and finding out how much keeps others waiting. */
const limits = { maxEditLength: 2000, timeout: 50 };

async function changedLines(memory: Memory, file: string, { code, nearest }: Compared): Promise<string> {
  const earlier = await memory.store.runs.codeOfStep(nearest.donor);
  if (code === null || earlier === null) return '';
  const { scratch, artifacts } = memory;
  const now = (scratch && (await scratch.has(code)) ? scratch : artifacts).pathOf(code);
  const [before, after] = [await readText(join(artifacts.pathOf(earlier), file)), await readText(join(now, file))];
  if (before === null || after === null) return '';
  const patch = structuredPatch(file, file, before, after, undefined, undefined, { context: 0, ...limits });
  if (!patch) return '';
  const lines = patch.hunks.reduce((sum, { oldLines, newLines }) => sum + Math.max(oldLines, newLines), 0);
  return lines === 0 ? '' : ` (${lines} ${lines === 1 ? 'line' : 'lines'})`;
}

async function readText(path: string): Promise<string | null> {
  try {
    if ((await stat(path)).size > mostBytes) return null;
    const bytes = await readFile(path);
    return bytes.includes(0) ? null : bytes.toString('utf8');
  } catch {
    // It was added, was removed, or has been cleared away.
    return null;
  }
}

async function changedFiles(memory: Memory, before: string, after: string): Promise<string> {
  const [earlier, now] = [await filesOf(memory, before), await filesOf(memory, after)];
  if (!earlier || !now) return '';
  const counts: [number, string][] = [
    [[...now].filter(([name, hash]) => earlier.has(name) && earlier.get(name) !== hash).length, 'changed'],
    [[...now.keys()].filter((name) => !earlier.has(name)).length, 'added'],
    [[...earlier.keys()].filter((name) => !now.has(name)).length, 'removed'],
  ];
  const said = counts
    .filter(([count]) => count > 0)
    .map(([count, verb], index) => (index === 0 ? `${count} ${count === 1 ? 'file' : 'files'} ${verb}` : `${count} ${verb}`));
  return said.length === 0 ? '' : `: ${said.join(', ')}`;
}

async function filesOf({ artifacts, scratch }: Memory, hash: string): Promise<ReadonlyMap<string, string> | undefined> {
  return (await artifacts.filesOf(hash)) ?? (await scratch?.filesOf(hash));
}

function dataOf({ inputs }: FingerprintParts, name: string): string | null {
  const input = inputs[name];
  return input?.kind === 'data' ? input.hash : null;
}
