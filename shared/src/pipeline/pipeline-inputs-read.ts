import { bindingsIn } from '../expressions/binding.ts';
import { inputsOf } from './step-inputs.ts';
import type { Step } from './step.ts';

/** The inputs of its pipeline that a step asks for: in its own inputs, in its condition, in what it loops over. */
export function pipelineInputsRead(step: Step): ReadonlySet<string> {
  const texts = [...Object.values(inputsOf(step)).map((value) => (typeof value === 'object' ? value?.path : value)), step.when, step.for_each?.items].filter(
    (text) => typeof text === 'string',
  );
  return new Set(texts.flatMap((text) => bindingsIn(text).flatMap(({ binding }) => (binding?.source === 'pipeline-input' ? [binding.name] : []))));
}
