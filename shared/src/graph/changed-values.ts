import type { Pipeline } from '../pipeline/pipeline.ts';
import type { StepInput } from '../pipeline/input-value.ts';
import type { Step } from '../pipeline/step.ts';

/**
 * The steps that differ in nothing but values they are given, as while a parameter is typed: who reads whom, and all that
 * follows from it, is as before. Null where anything else is another. Looks at each step once, by identity.
 */
export function changedValues(before: Pipeline, now: Pipeline): readonly string[] | null {
  const keys = Object.keys(now.jobs);
  if (!holdsSame({ ...before, jobs: null }, { ...now, jobs: null }) || Object.keys(before.jobs).length !== keys.length) return null;
  const changed: string[] = [];
  for (const key of keys) {
    const [was, is] = [before.jobs[key], now.jobs[key]];
    if (was === is) continue;
    if (!was || !is || !isSameButValues(was, is)) return null;
    changed.push(key);
  }
  return changed;
}

const isSameButValues = (before: Step, now: Step): boolean =>
  isSameButInputs(before, now) &&
  // A command in the pipeline itself has inputs of the types that its values have.
  typeof now.component === 'string' &&
  [...new Set([...Object.keys(before.inputs), ...Object.keys(now.inputs)])].every(
    (input) => before.inputs[input] === now.inputs[input] || (isValue(before.inputs[input]) && isValue(now.inputs[input])),
  );

/** It names no other step. */
const isValue = (input: StepInput | undefined): boolean => !JSON.stringify(input ?? null).includes('${{');

/** Two versions of a step, of which only what goes into it may be another. */
export const isSameButInputs = (before: Step, now: Step): boolean => holdsSame({ ...before, inputs: null }, { ...now, inputs: null });

function holdsSame(a: object, b: object): boolean {
  const [before, now] = [new Map<string, unknown>(Object.entries(a)), Object.entries(b)];
  return before.size === now.length && now.every(([key, value]) => before.has(key) && Object.is(before.get(key), value));
}
