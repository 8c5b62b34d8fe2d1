import { StepInput } from './input-value.ts';
import type { Step } from './step.ts';

/** Keys of an AutoML step under which its data stands beside `inputs`. */
const dataKeys = ['training_data', 'validation_data', 'test_data'] as const;

/** What a step reads, wherever its kind writes it. */
export function inputsOf(step: Step): Step['inputs'] {
  if (step.type !== 'automl') return step.inputs;
  const data = dataKeys.flatMap((key): [string, StepInput][] => {
    const parsed = StepInput.safeParse(step[key]);
    return parsed.success ? [[key, parsed.data]] : [];
  });
  return data.length === 0 ? step.inputs : { ...Object.fromEntries(data), ...step.inputs };
}
