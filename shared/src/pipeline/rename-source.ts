import { rewriteBindings } from '../expressions/binding.ts';
import { renameInControl } from './control-references.ts';
import type { StepInput } from './input-value.ts';
import type { Step } from './step.ts';

/** A step in which another one bears another key; the same object where it is not named. */
export function renameSource(step: Step, from: string, to: string): Step {
  const renameIn = (text: string): string =>
    rewriteBindings(text, (binding) => ('step' in binding && binding.step === from ? { ...binding, step: to } : binding));
  let isChanged = false;
  const inputs = Object.fromEntries(
    Object.entries(step.inputs).map(([name, value]): [string, StepInput] => {
      const text = value !== null && typeof value === 'object' ? value.path : value;
      const next = typeof text === 'string' ? renameIn(text) : text;
      if (next === text || typeof next !== 'string') return [name, value];
      isChanged = true;
      return [name, value !== null && typeof value === 'object' ? { ...value, path: next } : next];
    }),
  );
  const control = renameInControl(step, from, to);
  if (!isChanged && Object.keys(control).length === 0) return step;
  return { ...step, ...control, inputs: isChanged ? inputs : step.inputs };
}
