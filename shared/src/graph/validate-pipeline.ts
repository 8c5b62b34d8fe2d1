import type { ComponentLookup } from '../component/component-interface.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Problem } from './problem.ts';
import { checkControl } from './validate/check-control.ts';
import { checkInputs } from './validate/check-inputs.ts';
import { checkOutputs } from './validate/check-outputs.ts';
import { checkPipelineLevel } from './validate/check-pipeline-level.ts';
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
  yield* checkPipelineLevel(scope);
  for (const [key, step] of Object.entries(document.jobs))
    yield [...checkStep(scope, key, step), ...checkControl(scope, key, step), ...checkSweep(key, step), ...checkInputs(scope, key, step)];
  yield checkOutputs(scope);
}
