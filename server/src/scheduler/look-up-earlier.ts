import type { RunId } from '@pipewright/shared/ids.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { RunOrigin } from '@pipewright/shared/run/run.ts';
import type { ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { Earlier } from '../engine/decide-step.ts';
import { lineageOf } from '../engine/lineage.ts';
import type { LockBook } from '../environments/environment-locks.ts';
import type { Differences } from './differences.ts';
import type { DonorStep, EarlierStep, Store } from '../store/store.ts';

export interface Memory {
  readonly store: Store;
  readonly artifacts: ArtifactStore;
  readonly differences: Differences;
  readonly locks: LockBook;
  /** Where what is only planned with was taken in, if not there. */
  readonly scratch?: ArtifactStore;
}

export interface StepInRun {
  readonly key: string;
  readonly step: ResolvedStep;
  readonly origin: RunOrigin;
  /** Left out of the comparison: the run that asks. */
  readonly exceptRun?: RunId;
}

/** What somebody who asks for many steps at once has looked up already. */
export interface LookUp {
  /** Null: not known yet. */
  readonly fingerprint: string | null;
  readonly donors?: readonly DonorStep[];
}

/** Completed runs of the same fingerprint (null: not known yet), and the nearest earlier run to compare with. */
export async function lookUpEarlier(
  memory: Memory,
  subject: StepInRun,
  { fingerprint, donors: known }: LookUp,
): Promise<Earlier & { readonly nearest: EarlierStep | undefined }> {
  const candidates = known ?? (fingerprint === null ? [] : ((await memory.store.reuse.donors([fingerprint])).get(fingerprint) ?? []));
  const donors = [];
  for (const candidate of candidates) {
    const isComplete = await areThere(memory.artifacts, candidate.outputs);
    donors.push({ ...candidate, isComplete, isDamaged: !isComplete && (await isSomeDamaged(memory.artifacts, candidate.outputs)) });
    if (isComplete) break;
  }
  // What can be reused needs nothing to be compared with, and that is most of a run in which little has changed.
  if (donors.at(-1)?.isComplete && isReusedByContent(subject.step)) return { donors, nearest: undefined };
  const nearest = await memory.store.reuse.nearest({
    lineage: lineageOf(subject.origin),
    step: subject.key,
    component: subject.step.componentReference,
    ...(subject.exceptRun === undefined ? {} : { exceptRun: subject.exceptRun }),
  });
  return { donors, nearest, newest: await newestOf(memory, subject) };
}

async function isSomeDamaged(artifacts: ArtifactStore, outputs: Readonly<Record<string, Artifact>>): Promise<boolean> {
  for (const { hash } of Object.values(outputs)) if (await artifacts.isDamaged(hash)) return true;
  return false;
}

const isReusedByContent = ({ isDeterministic, control }: ResolvedStep): boolean => isDeterministic && (control?.reuse ?? 'auto') === 'auto';

async function newestOf(memory: Memory, { key, step, origin, exceptRun }: StepInRun): Promise<DonorStep | undefined> {
  if (step.control?.reuse !== 'always') return undefined;
  const newest = await memory.store.reuse.newestCompleted({ lineage: lineageOf(origin), step: key, ...(exceptRun === undefined ? {} : { exceptRun }) });
  return newest && (await areThere(memory.artifacts, newest.outputs)) ? newest : undefined;
}

export async function areThere(artifacts: ArtifactStore, outputs: Readonly<Record<string, Artifact>>): Promise<boolean> {
  for (const artifact of Object.values(outputs)) {
    if (artifact.value === undefined && !(await artifacts.has(artifact.hash))) return false;
  }
  return true;
}
