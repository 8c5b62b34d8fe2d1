import { parseBinding } from '../expressions/binding.ts';
import type { Json } from '../json.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { mostRounds, type Repeat } from '../pipeline/step-control.ts';
import type { Step } from '../pipeline/step.ts';
import { truthOf } from './older-yaml.ts';

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

/** What a `do_while` says, as a step says it of itself with `repeat`; or what is wrong with it, and where. */
export type ReadRounds = { readonly ok: true; readonly rounds: Repeat } | { readonly ok: false; readonly field: string; readonly text: string };

export function roundsOf(step: Step): ReadRounds {
  const [body] = stepsIn(step, 'body');
  if (body === undefined) return { ok: false, field: 'body', text: 'is missing: the step that is repeated' };
  const again = truthIn(step['condition']) ?? nameOfPort(step['condition'], body, 'step-output');
  if (again === null) return { ok: false, field: 'condition', text: `is to name a boolean output of ${body}, or to be true` };
  const feed: Record<string, string> = {};
  for (const [output, value] of Object.entries(fieldsIn(step['mapping']))) {
    for (const given of Array.isArray(value) ? value : [value]) {
      const input = nameOfPort(given, body, 'step-input');
      if (input === null) return { ok: false, field: 'mapping', text: `is to name inputs of ${body} by its outputs, as { ${output}: INPUT }` };
      feed[input] = output;
    }
  }
  const most = fieldsIn(step.limits)['max_iteration_count'];
  const max = most === undefined || most === null ? mostRounds : Number(most);
  const isCount = Number.isInteger(max) && max >= 1 && max <= mostRounds;
  if (!isCount) return { ok: false, field: 'limits', text: `is to hold a max_iteration_count from 1 to ${mostRounds}` };
  return { ok: true, rounds: { while: again, feed, max } };
}

const fieldsIn = (value: unknown): Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {};

/** A condition that is no question. */
const truthIn = (value: unknown): boolean | null => (typeof value === 'string' ? truthOf(value) : typeof value === 'boolean' ? value : null);

/** A port of the body: by its name, or as a binding to it. */
function nameOfPort(text: unknown, body: string, source: 'step-output' | 'step-input'): string | null {
  if (typeof text !== 'string' || text.trim() === '') return null;
  if (!text.includes('${{')) return text.trim();
  const binding = parseBinding(text);
  return binding?.source === source && binding.step === body ? binding.name : null;
}

/** The loops whose body a step is. */
export function loopsOver(step: Step, jobs: Pipeline['jobs']): Step[] {
  return controlStepLinks(jobs).flatMap(({ from, to, field }) => (field === 'body' && jobs[from] === step && jobs[to] ? [jobs[to]] : []));
}
