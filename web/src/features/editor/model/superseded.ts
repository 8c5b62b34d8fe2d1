import { keysInside } from '@pipewright/shared/run/nested-status.ts';
import type { PlannedStep } from '@pipewright/shared/run/plan.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';

interface Known {
  /** The run that is shown; null: none. */
  readonly run: string | null;
  readonly steps: Readonly<Record<string, StepRun>>;
  readonly planned: ReadonlyMap<string, PlannedStep>;
}

/** What is inside each pipeline of a plan: every pipeline on the canvas asks, at every status of the run. */
const insides = new WeakMap<Known['planned'], Map<string, readonly string[]>>();

function insideOf(planned: Known['planned'], pipeline: string): readonly string[] {
  const known = insides.get(planned) ?? new Map<string, readonly string[]>();
  insides.set(planned, known);
  const keys = known.get(pipeline) ?? keysInside([...planned.keys()], pipeline);
  known.set(pipeline, keys);
  return keys;
}

/** Whether the next run takes another result of a step than the run that is shown has: it was given other inputs, or is an older one. */
export function isSuperseded({ run, steps, planned }: Known, what: { readonly step: string } | { readonly pipeline: string }): boolean {
  if (run === null) return false;
  const keys = 'step' in what ? [what.step] : insideOf(planned, what.pipeline);
  return keys.some((key) => {
    const [next, shown] = [planned.get(key), steps[key]];
    if (next?.decision !== 'reuse' || next.donor === null) return false;
    if (shown?.status === 'reused') return next.donor.run !== shown.donor.run || next.donor.step !== shown.donor.step;
    return shown?.status === 'completed' && (next.donor.run !== run || next.donor.step !== key);
  });
}
