import type { ComponentLookup } from '../component/component-interface.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { pinOf } from '../pipeline/step-aside.ts';
import type { Problem } from './problem.ts';
import { setAside } from './set-aside.ts';
import { checkControl } from './validate/check-control.ts';
import { checkInputs } from './validate/check-inputs.ts';
import { checkOutputs } from './validate/check-outputs.ts';
import { checkPipelineLevel } from './validate/check-pipeline-level.ts';
import { checkSetAside } from './validate/check-set-aside.ts';
import { checkSweep } from './validate/check-sweep.ts';
import { checkStep } from './validate/check-steps.ts';
import { PipelineScope } from './validate/step-scope.ts';

/**
 * Everything that is wrong with a pipeline and can be told without a disk; the only validator: canvas, API, command line
 * and planner all ask here. Never throws for a bad graph. Linear in the size of the document.
 */
export function validatePipeline(document: Pipeline, components: ComponentLookup): Problem[] {
  return [...validationOf(document, components)].flat();
}

/** The same, piece by piece: who has others to answer meanwhile can do so between two pieces. */
export function* validationOf(document: Pipeline, components: ComponentLookup): Generator<readonly Problem[]> {
  const scope = new PipelineScope(document, components);
  const { aside } = setAside(document, components);
  yield* checkPipelineLevel(scope);
  for (const [key, step] of Object.entries(document.jobs)) {
    // What is not run need not be complete, and a pinned step reads nothing.
    if (aside.has(key)) continue;
    const inputs = pinOf(key, step) === null ? checkInputs(scope, key, step) : [];
    yield [...checkStep(scope, key, step), ...checkControl(scope, key, step), ...checkSweep(key, step), ...inputs];
  }
  yield checkSetAside(scope, aside);
  yield checkOutputs(scope);
}
