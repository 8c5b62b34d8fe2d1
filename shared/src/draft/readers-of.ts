import { bindingsIn } from '../expressions/binding.ts';
import type { StepInput } from '../pipeline/input-value.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';

export interface Reader {
  readonly step: string;
  readonly input: string;
  readonly value: StepInput;
}

/** The inputs that name one of these steps: those that read an output of it, or what it was given. */
export function readersOf(document: Pipeline, keys: ReadonlySet<string>): Reader[] {
  return Object.entries(document.jobs).flatMap(([step, { inputs }]) =>
    Object.entries(inputs).flatMap(([input, value]): Reader[] => (namesAnyOf(value, keys) ? [{ step, input, value }] : [])),
  );
}

export function namesAnyOf(value: StepInput, keys: ReadonlySet<string>): boolean {
  const text = value !== null && typeof value === 'object' ? value.path : value;
  return typeof text === 'string' && bindingsIn(text).some(({ binding }) => binding !== null && 'step' in binding && keys.has(binding.step));
}
