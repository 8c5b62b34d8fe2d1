import type { StepChange } from '../model/changed-since.ts';

interface Standing {
  readonly changes: ReadonlyMap<string, StepChange>;
  readonly stale: ReadonlySet<string>;
  readonly run: string | null;
}

/** Why data of a run is not what the draft would give by now; null where it still is. */
export function changedSinceRun(step: string, { changes, stale, run }: Standing): string | null {
  if (run === null) return null;
  // What lies inside a pipeline is as old as the pipeline is.
  const [outermost = step] = step.split('/');
  if (changes.has(outermost)) return `The step has changed since run ${run}: this is what it gave then. Run the pipeline to see what it gives now.`;
  if (stale.has(step) || stale.has(outermost)) return `Something that the step reads has changed since run ${run}. Run the pipeline to see what it gives now.`;
  return null;
}
