import { pinOf } from '@pipewright/shared/pipeline/step-aside.ts';
import type { Donor } from '@pipewright/shared/run/reason.ts';
import { leavesOf, type PipelineScope } from './pipeline-scope.ts';

/** The processes of a run that take the result of an earlier one instead: of a pinned pipeline, each of its steps. */
export function pinnedIn(scope: PipelineScope): Map<string, Donor> {
  const pinned = new Map<string, Donor>();
  for (const [key, step] of Object.entries(scope.document.jobs)) {
    const pin = pinOf(key, step);
    const inner = scope.inside.get(key);
    if (pin === null) {
      if (inner) for (const [leaf, donor] of pinnedIn(inner)) pinned.set(leaf, donor);
      continue;
    }
    const start = `${scope.prefix}${key}`;
    // In a pipeline of its own that is opened as one, the run knows the step by its whole key.
    const donor = pin.step.includes('/') ? pin.step : `${scope.prefix}${pin.step}`;
    for (const leaf of leavesOf(scope, key)) pinned.set(leaf, { run: pin.run, step: `${donor}${leaf.slice(start.length)}` });
  }
  return pinned;
}
