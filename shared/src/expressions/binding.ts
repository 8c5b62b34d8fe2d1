import { parseTemplate, placeholdersOf, type TemplatePart } from './parse-template.ts';

/** What a binding points at, seen from inside a step of a pipeline. */
export type Binding =
  | { readonly source: 'pipeline-input'; readonly name: string }
  | { readonly source: 'pipeline-output'; readonly name: string }
  | { readonly source: 'step-output'; readonly step: string; readonly name: string }
  | { readonly source: 'step-input'; readonly step: string; readonly name: string }
  /** What became of a step; only conditions ask. */
  | { readonly source: 'step-status'; readonly step: string };

/** A binding that stands somewhere in a longer text. */
export interface PlacedBinding {
  readonly binding: Binding | null;
  readonly start: number;
  readonly end: number;
}

/** The binding that a text is as a whole, or null. Forms without `parent.` are Azure's older spelling, `parents` is one that its pages have. */
export function parseBinding(text: string): Binding | null {
  const path = wholeBinding.exec(text)?.[1];
  return path === undefined ? null : bindingOf(path.split('.'));
}

/** One placeholder and nothing else: what `parseTemplate` reads as a name. */
const wholeBinding = /^\s*\$\{\{\s*([A-Za-z_][\w-]*(?:\.[\w-]+)*)\s*\}\}\s*$/;

export function formatBinding(binding: Binding): string {
  switch (binding.source) {
    case 'pipeline-input':
      return `\${{parent.inputs.${binding.name}}}`;
    case 'pipeline-output':
      return `\${{parent.outputs.${binding.name}}}`;
    case 'step-output':
      return `\${{parent.jobs.${binding.step}.outputs.${binding.name}}}`;
    case 'step-input':
      return `\${{parent.jobs.${binding.step}.inputs.${binding.name}}}`;
    case 'step-status':
      return `\${{parent.jobs.${binding.step}.status}}`;
  }
}

/** Every placeholder of a text with the binding it is (null: none that a pipeline knows). */
export function bindingsIn(text: string): PlacedBinding[] {
  if (!text.includes('${{')) return [];
  return placeholdersOf(parseTemplate(text).parts).map((part) => ({ binding: bindingOf(part.path), start: part.start, end: part.end }));
}

/** The text with each binding to one step rewritten, as when the step gets another key. */
export function rewriteBindings(text: string, rewrite: (binding: Binding) => Binding): string {
  let result = text;
  for (const { binding, start, end } of bindingsIn(text).toReversed()) {
    if (!binding) continue;
    const next = rewrite(binding);
    if (next !== binding) result = result.slice(0, start) + formatBinding(next) + result.slice(end);
  }
  return result;
}

function bindingOf(path: Extract<TemplatePart, { kind: 'placeholder' }>['path']): Binding | null {
  const [first, ...others] = path;
  const [scope, ...rest] = first === 'parent' || first === 'parents' ? others : path;
  if (scope === 'inputs' && rest.length > 0) return { source: 'pipeline-input', name: rest.join('.') };
  if (scope === 'outputs' && rest.length > 0) return { source: 'pipeline-output', name: rest.join('.') };
  const [step, direction, ...name] = rest;
  if (scope !== 'jobs' || step === undefined) return null;
  if (direction === 'status' && name.length === 0) return { source: 'step-status', step };
  if (name.length === 0) return null;
  if (direction === 'outputs') return { source: 'step-output', step, name: name.join('.') };
  if (direction === 'inputs') return { source: 'step-input', step, name: name.join('.') };
  return null;
}
