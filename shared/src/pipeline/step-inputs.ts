import { StepInput } from './input-value.ts';
import type { Step } from './step.ts';

/** Keys of an AutoML step under which its data stands beside `inputs`. */
const dataKeys = ['training_data', 'validation_data', 'test_data'] as const;

/** What a step reads, wherever its kind writes it. */
export function inputsOf(step: Step): Step['inputs'] {
  const keys = keysOf(step);
  if (keys.length === 0) return step.inputs;
  const data = keys.flatMap((key): [string, StepInput][] => {
    const parsed = StepInput.safeParse(step[key]);
    return parsed.success ? [[key, parsed.data]] : [];
  });
  return data.length === 0 ? step.inputs : { ...Object.fromEntries(data), ...step.inputs };
}

/** Where in a step an input is written. */
export function placeOfInput(step: Step, name: string): string[] {
  return keysOf(step).includes(name) && !Object.hasOwn(step.inputs, name) ? [name] : ['inputs', name];
}

function keysOf({ type, items }: Step): readonly string[] {
  if (type === 'automl') return dataKeys;
  if (type === 'if_else') return ['condition'];
  // A list is written in the step; only what comes from elsewhere is read.
  return type === 'parallel_for' && typeof items === 'string' && items.includes('${{') ? ['items'] : [];
}
