import { RunId } from '@pipewright/shared/ids.ts';
import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { Donor } from '@pipewright/shared/run/reason.ts';
import type { LoopItem, ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import { fingerprintOf, type KnownOutputs } from '../engine/fingerprint.ts';
import { stepOfItem } from '../engine/loop.ts';
import { areThere, type Memory } from './look-up-earlier.ts';

/** A plan is made at each edit: a loop of more items than this is left to the run. */
const mostItems = 500;

export interface LoopToRemember {
  readonly step: ResolvedStep;
  readonly items: readonly LoopItem[];
  readonly known: KnownOutputs;
  /** An item of the loop in an earlier run. */
  readonly nearest: Donor;
}

/** A loop that an earlier run has completed and whose items are all remembered: nothing of it runs, and it gives what it gave. */
export async function rememberedLoop(
  memory: Memory,
  { step, items, known, nearest }: LoopToRemember,
): Promise<{ readonly donor: Donor; readonly outputs: Readonly<Record<string, Artifact>> } | null> {
  if (items.length === 0 || items.length > mostItems) return null;
  const hashes = items.map((item, index) => fingerprintOf(stepOfItem(step, item, index), known).hash);
  const donors = await memory.store.reuse.donors(hashes);
  if (hashes.some((hash) => !donors.has(hash))) return null;
  const [run, loop] = [RunId.parse(nearest.run), nearest.step.slice(0, nearest.step.lastIndexOf('/'))];
  const row = await memory.store.runs.step(run, loop);
  if (row?.status !== 'completed' || !(await areThere(memory.artifacts, row.outputs))) return null;
  // Which of the trials is the best hangs on more than what each of them does.
  const before = (await memory.store.runs.get(run))?.snapshot.steps[loop];
  if (before === undefined || loopOf(before) !== loopOf(step)) return null;
  for (const hash of new Set(hashes)) if (!(await isSomeThere(memory, donors.get(hash) ?? []))) return null;
  return { donor: { run, step: loop }, outputs: row.outputs };
}

const loopOf = ({ control }: ResolvedStep): string => canonicalJson({ sweep: control?.sweep ?? null, forEach: control?.forEach ?? null });

async function isSomeThere({ artifacts }: Memory, donors: readonly { readonly outputs: Readonly<Record<string, Artifact>> }[]): Promise<boolean> {
  for (const { outputs } of donors) if (await areThere(artifacts, outputs)) return true;
  return false;
}
