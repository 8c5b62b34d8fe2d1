import type { Json } from '../json.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Step } from '../pipeline/step.ts';

/** Kinds of steps of Azure's private preview that do no work of their own: they say which others run, and how often. */
const controlKinds = ['if_else', 'parallel_for', 'do_while'] as const;
export type ControlKind = (typeof controlKinds)[number];

export const controlKindOf = ({ type }: Step): ControlKind | null => controlKinds.find((kind) => kind === type) ?? null;

const wholeStep = /^\s*\$\{\{\s*(?:parent\.)?jobs\.([\w-]+)\s*\}\}\s*$/;

/** The step that `${{parent.jobs.NAME}}` names; null for any other text. */
export const stepNamed = (text: unknown): string | null => (typeof text === 'string' ? (wholeStep.exec(text)?.[1] ?? null) : null);

/** The fields of control steps that name other steps as a whole. */
export const blockFields = ['true_block', 'false_block', 'body'] as const;
type BlockField = (typeof blockFields)[number];

/** What stands in such a field: one step or several, each as it is written. */
export function blocksIn(step: Step, field: BlockField): readonly unknown[] {
  const value = step[field];
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

export const stepsIn = (step: Step, field: BlockField): string[] => blocksIn(step, field).flatMap((text) => stepNamed(text) ?? []);

/** The other steps that a control step has a hold of, or that have a hold of a step: who must come first. */
export interface ControlStepLink {
  readonly from: string;
  readonly to: string;
  readonly field: BlockField;
}

/** A document is never changed in place. */
const links = new WeakMap<Pipeline['jobs'], readonly ControlStepLink[]>();

/** A branch comes before the steps in its blocks; the body of a loop before the loop, which stands for what it puts out. */
export function controlStepLinks(jobs: Pipeline['jobs']): readonly ControlStepLink[] {
  const known = links.get(jobs);
  if (known) return known;
  const found = Object.entries(jobs).flatMap(([key, step]): ControlStepLink[] => {
    if (controlKindOf(step) === null) return [];
    return blockFields.flatMap((field) =>
      stepsIn(step, field).map((other) => (field === 'body' ? { from: other, to: key, field } : { from: key, to: other, field })),
    );
  });
  links.set(jobs, found);
  return found;
}

/** The items of a loop, each a map of inputs: a list, a map of such maps, or either as JSON. Null: a binding, or what is none. */
export function itemsOfLoop(items: unknown): readonly Json[] | null {
  if (Array.isArray(items)) return items;
  if (items !== null && typeof items === 'object') return Object.values(items);
  if (typeof items !== 'string' || items.includes('${{')) return null;
  try {
    const parsed: unknown = JSON.parse(items);
    return parsed !== null && typeof parsed === 'object' ? itemsOfLoop(parsed) : null;
  } catch {
    return null;
  }
}

/** The inputs that items fill by name; null where only the run will know them. */
export function namesInItems(items: unknown): ReadonlySet<string> | null {
  const known = itemsOfLoop(items);
  if (known === null) return null;
  return new Set(known.flatMap((item) => (item !== null && typeof item === 'object' && !Array.isArray(item) ? Object.keys(item) : [])));
}

/** The loops whose body a step is. */
export function loopsOver(step: Step, jobs: Pipeline['jobs']): Step[] {
  return controlStepLinks(jobs).flatMap(({ from, to, field }) => (field === 'body' && jobs[from] === step && jobs[to] ? [jobs[to]] : []));
}
