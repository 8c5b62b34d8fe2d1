import type { Binding } from '../expressions/binding.ts';
import { classifyInput, type InputContent } from './classify-input.ts';
import type { Pipeline } from './pipeline.ts';
import type { Step } from './step.ts';

/** Where the value of a binding comes from once every detour through another step's input has been taken. */
export type BindingSource =
  | { readonly kind: 'pipeline-input'; readonly name: string }
  | { readonly kind: 'step-output'; readonly step: string; readonly name: string }
  /** What stands in the input of another step: a literal, data, a text with bindings, or nothing. */
  | { readonly kind: 'content'; readonly step: string; readonly name: string; readonly content: Exclude<InputContent, { kind: 'binding' }> }
  | { readonly kind: 'unknown-step'; readonly step: string }
  /** Inputs that name each other. */
  | { readonly kind: 'circle' }
  /** Only conditions ask what became of a step. */
  | { readonly kind: 'step-status'; readonly step: string }
  /** A step can fill an output of the pipeline, not read it. */
  | { readonly kind: 'pipeline-output'; readonly name: string };

/** Azure lets a step read what another step was given: `${{parent.jobs.prep.inputs.rate}}`, which may be a binding in turn. */
export function followBinding(document: Pipeline, binding: Binding): BindingSource {
  const seen = new Set<string>();
  for (let current = binding; ;) {
    if (current.source === 'pipeline-input' || current.source === 'pipeline-output') return { kind: current.source, name: current.name };
    const step = stepOf(document, current.step);
    if (!step) return { kind: 'unknown-step', step: current.step };
    if (current.source === 'step-status') return { kind: 'step-status', step: current.step };
    if (current.source === 'step-output') return { kind: 'step-output', step: current.step, name: current.name };
    const place = `${current.step}.${current.name}`;
    if (seen.has(place)) return { kind: 'circle' };
    seen.add(place);
    const content = classifyInput(Object.hasOwn(step.inputs, current.name) ? step.inputs[current.name] : undefined);
    if (content.kind !== 'binding') return { kind: 'content', step: current.step, name: current.name, content };
    current = content.binding;
  }
}

/** The step under a key that somebody wrote: `constructor` is not one unless the document says so. */
export function stepOf(document: Pipeline, key: string): Step | undefined {
  return Object.hasOwn(document.jobs, key) ? document.jobs[key] : undefined;
}
