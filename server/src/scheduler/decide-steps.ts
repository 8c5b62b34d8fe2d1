import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { Donor, Reason } from '@pipewright/shared/run/reason.ts';
import type { RunId } from '@pipewright/shared/ids.ts';
import type { ResolvedStep, RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import type { RunOrigin } from '@pipewright/shared/run/run.ts';
import { decideStep, isCertainToRun, type StepToDecide } from '../engine/decide-step.ts';
import type { Fingerprint } from '../engine/fingerprint.ts';
import { FairTurns } from '../fair-turns.ts';
import { detailReasons } from './detail-reasons.ts';
import { CurrentLocks, type FittingDonors } from './fitting-donors.ts';
import { lookUpEarlier, type Memory } from './look-up-earlier.ts';
import { takeOver } from './take-over.ts';

/** A step that has all it reads. */
export interface ReadyStep {
  readonly key: string;
  readonly step: ResolvedStep;
  readonly fingerprint: Fingerprint;
}

/** Who asks: a plan, or a run (which is not its own earlier run). */
export interface Asker {
  readonly snapshot: RunSnapshot;
  readonly origin: RunOrigin;
  readonly run?: RunId;
}

export type DecidedStep =
  | { readonly decision: 'reuse'; readonly donor: Donor; readonly outputs: Readonly<Record<string, Artifact>>; readonly reasons: readonly Reason[] }
  /** `expectedMs`: as long as the nearest earlier run of it took. */
  | { readonly decision: 'run'; readonly reasons: readonly Reason[]; readonly expectedMs: number | null };

/** Run or reuse, and why, of many steps at once. The plan asks here, and the run. */
export async function decideSteps(memory: Memory, asker: Asker, steps: readonly ReadyStep[]): Promise<ReadonlyMap<string, DecidedStep>> {
  const asked = steps.filter(({ step }) => !isCertainToRun(policyOf(asker.snapshot, step))).map(({ fingerprint }) => fingerprint.hash);
  const donors = await memory.store.reuse.donors(asked);
  const decided = new Map<string, DecidedStep>();
  const turns = new FairTurns();
  const locks = new CurrentLocks(memory.locks);
  for (const ready of steps) {
    const fitting = await locks.fitting(ready.step, donors.get(ready.fingerprint.hash) ?? []);
    decided.set(ready.key, await decideOne(memory, asker, { ...ready, ...fitting }));
    await turns.rest();
  }
  return decided;
}

/** What the decision hangs on beside the fingerprint. */
export function policyOf({ force }: Pick<RunSnapshot, 'force'>, { isDeterministic, control }: ResolvedStep): Omit<StepToDecide, 'fingerprint'> {
  return { isForced: force, isDeterministic, policy: control?.reuse ?? 'auto' };
}

async function decideOne(memory: Memory, asker: Asker, ready: ReadyStep & FittingDonors): Promise<DecidedStep> {
  const { key, step, fingerprint, donors, otherVersions } = ready;
  const { snapshot, origin, run } = asker;
  const taken = await takeOver(memory, { snapshot, key, hash: fingerprint.hash });
  if (taken) return { decision: 'reuse', donor: taken.donor, outputs: taken.outputs, reasons: taken.reasons };
  const subject = { key, step, origin, ...(run === undefined ? {} : { exceptRun: run }) };
  const policy = policyOf(snapshot, step);
  // A plan says how long it will take; a run need not look.
  const isLookedUp = run === undefined || !isCertainToRun(policy);
  const earlier = isLookedUp ? await lookUpEarlier(memory, subject, { fingerprint: fingerprint.hash, donors }) : nothingEarlier;
  const outcome = decideStep({ fingerprint, ...policy }, { ...earlier, otherVersions });
  if (outcome.decision === 'reuse') return outcome;
  const { nearest } = earlier;
  const reasons = await detailReasons(memory, outcome.reasons, { code: step.code?.hash ?? null, fingerprint, nearest });
  return { decision: 'run', reasons, expectedMs: nearest?.durationMs ?? null };
}

const nothingEarlier = { donors: [], nearest: undefined };
