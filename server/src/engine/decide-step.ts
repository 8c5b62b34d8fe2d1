import type { ReusePolicy } from '@pipewright/shared/pipeline/step-control.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { Donor, Reason } from '@pipewright/shared/run/reason.ts';
import type { StepStatus } from '@pipewright/shared/run/status.ts';
import { explainDifference } from './explain-difference.ts';
import type { Fingerprint, FingerprintParts } from './fingerprint.ts';

/** What the store knows of earlier runs that bear on a step. */
export interface Earlier {
  /** Completed with the same fingerprint, newest first; `isComplete` tells whether all of its bytes are still there. */
  readonly donors: readonly {
    readonly donor: Donor;
    readonly outputs: Record<string, Artifact>;
    readonly isComplete: boolean;
    /** Bytes are missing because they were found to be others than those that were stored. */
    readonly isDamaged?: boolean;
  }[];
  /** Why those of the same fingerprint do not count whose environment held other versions; empty where there are none. */
  readonly otherVersions?: readonly Reason[];
  /** The newest completed run of this step in its own pipeline, whatever it was made of; asked for only where the step says *always*. */
  readonly newest?: { readonly donor: Donor; readonly outputs: Record<string, Artifact> } | undefined;
  readonly nearest: { readonly donor: Donor; readonly hash: string; readonly parts: FingerprintParts; readonly status: StepStatus } | undefined;
}

export interface StepToDecide {
  readonly fingerprint: Fingerprint;
  readonly isForced: boolean;
  readonly isDeterministic: boolean;
  readonly policy: ReusePolicy;
  /** Inputs whose content does not exist yet, in a plan. */
  readonly unknown?: ReadonlySet<string>;
}

export type StepDecision =
  | { readonly decision: 'reuse'; readonly donor: Donor; readonly outputs: Record<string, Artifact>; readonly reasons: Reason[] }
  | { readonly decision: 'run'; readonly reasons: Reason[] };

/** Whether it runs whatever is remembered of it and whatever it reads. */
export function isCertainToRun({ isForced, isDeterministic, policy }: Omit<StepToDecide, 'fingerprint'>): boolean {
  return isForced || policy === 'never' || (policy === 'auto' && !isDeterministic);
}

/** Run or reuse, and why. The planner and the run itself both ask here. */
export function decideStep(step: StepToDecide, earlier: Earlier): StepDecision {
  if (step.isForced) return run([{ code: 'forced', text: 'earlier results are ignored in this run' }]);
  if (step.policy === 'never') return run([{ code: 'never-reused', text: 'the step is never reused' }]);
  if (step.policy === 'always' && earlier.newest) {
    const { donor: newest, outputs } = earlier.newest;
    const text = `the step always takes its newest result, that of run ${newest.run}`;
    return { decision: 'reuse', donor: newest, outputs, reasons: [{ code: 'always-reused', text, run: newest.run }, ...whatDiffers(step, earlier)] };
  }
  if (!step.isDeterministic && step.policy !== 'always') {
    return run([{ code: 'not-deterministic', text: 'the component says that its result may differ each time' }]);
  }
  const donor = earlier.donors.find(({ isComplete }) => isComplete);
  if (donor) {
    const text = `same inputs, code and environment as run ${donor.donor.run}`;
    return { decision: 'reuse', donor: donor.donor, outputs: donor.outputs, reasons: [{ code: 'same', text, run: donor.donor.run }] };
  }
  return run(whyItRuns(step.fingerprint, earlier, new Set()));
}

/** What a result that is taken in any case would otherwise have been made anew for. */
function whatDiffers({ fingerprint, unknown = new Set() }: StepToDecide, { nearest }: Earlier): Reason[] {
  return nearest ? explainDifference(nearest.parts, fingerprint.parts, unknown).map((reason) => ({ ...reason, run: nearest.donor.run })) : [];
}

/** The causes against the nearest earlier run; never empty. */
export function whyItRuns(now: Fingerprint, earlier: Earlier, unknown: ReadonlySet<string>): Reason[] {
  const lost = earlier.donors[0];
  if (lost) {
    const fate = lost.isDamaged === true ? 'are damaged on the disk' : 'were deleted';
    return [{ code: 'donor-deleted', run: lost.donor.run, text: `the outputs of run ${lost.donor.run}, which did the same, ${fate}` }];
  }
  if (earlier.otherVersions && earlier.otherVersions.length > 0) return [...earlier.otherVersions];
  const { nearest } = earlier;
  if (!nearest) return [{ code: 'never-ran', text: 'never ran before' }];
  const differences = explainDifference(nearest.parts, now.parts, unknown).map((reason) => ({ ...reason, run: nearest.donor.run }));
  if (differences.length > 0) return differences;
  if (nearest.status === 'completed') {
    return [{ code: 'never-completed', run: nearest.donor.run, text: `its data changed while run ${nearest.donor.run} read it` }];
  }
  return [{ code: 'never-completed', run: nearest.donor.run, text: `it did not complete in run ${nearest.donor.run}` }];
}

const run = (reasons: Reason[]): StepDecision => ({ decision: 'run', reasons });
