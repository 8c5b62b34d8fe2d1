import { parseBinding } from '../expressions/binding.ts';
import type { StepOutput } from './input-value.ts';

/** The text that binds an output of a step; `{ path: ${{parent.outputs.x}}, mode }` is bound as well: Azure's way to set a mode on it. */
export function boundOutput(output: StepOutput | undefined): string | null {
  if (typeof output === 'string') return output;
  const path = output?.path;
  return path !== undefined && parseBinding(path) !== null ? path : null;
}

/** The output of the pipeline that an output of a step fills, or null. */
export function filledOutput(output: StepOutput | undefined): string | null {
  const text = boundOutput(output);
  const binding = text === null ? null : parseBinding(text);
  return binding?.source === 'pipeline-output' ? binding.name : null;
}

/** What else is said of an output than what it is bound to; null: nothing. */
export function withoutBinding(output: StepOutput | undefined): Exclude<StepOutput, string> {
  if (output === undefined || output === null || typeof output === 'string') return null;
  if (boundOutput(output) === null) return output;
  const { path: _bound, ...rest } = output;
  return Object.keys(rest).length === 0 ? null : rest;
}
