import { blockFields, blocksIn, controlKindOf, controlStepLinks, stepNamed } from '../azure/control-steps.ts';
import { bindingsIn, rewriteBindings } from '../expressions/binding.ts';
import type { Pipeline } from './pipeline.ts';
import type { Step } from './step.ts';
import { dependenciesOf } from './step-control.ts';

/** The steps that must have ended before this one begins, besides those it reads data of; each once, in order of writing. */
export function controlSourcesOf(key: string, document: Pipeline): string[] {
  const step = document.jobs[key];
  if (!step) return [];
  const sources = new Set(controlSourcesOfStep(step));
  const first = stepBeforeAll(key, document);
  if (first !== null) sources.add(first);
  for (const link of controlStepLinks(document.jobs)) if (link.to === key) sources.add(link.from);
  if (document.settings.on_finalize === key) for (const other of Object.keys(document.jobs)) if (other !== key) sources.add(other);
  return [...sources];
}

/** The step that the pipeline says is to run before this one and every other; null: none, or it is that one. */
export function stepBeforeAll(key: string, { settings, jobs }: Pick<Pipeline, 'settings' | 'jobs'>): string | null {
  const { on_init: first } = settings;
  return first !== undefined && first !== key && Object.hasOwn(jobs, first) ? first : null;
}

/** As far as the step alone says. */
export function controlSourcesOfStep(step: Step): string[] {
  return [...new Set([...dependenciesOf(step), ...stepsNamedIn(step.when), ...stepsNamedIn(step.for_each?.items)])];
}

function stepsNamedIn(text: unknown): string[] {
  return typeof text === 'string' ? bindingsIn(text).flatMap(({ binding }) => (binding !== null && 'step' in binding ? [binding.step] : [])) : [];
}

/** What the rounds of Azure's loop hand on, with other texts for the inputs; null where none of them changes. */
function mappingWith(mapping: unknown, change: (text: string) => string): Record<string, unknown> | null {
  if (mapping === null || typeof mapping !== 'object') return null;
  let isChanged = false;
  const changed = (text: unknown): unknown => {
    const next = typeof text === 'string' ? change(text) : text;
    if (next !== text) isChanged = true;
    return next;
  };
  const next = Object.entries(mapping).map(([output, inputs]: [string, unknown]) => [output, Array.isArray(inputs) ? inputs.map(changed) : changed(inputs)]);
  return isChanged ? Object.fromEntries(next) : null;
}

/** The control fields of a step in which a step bears another key; none where it is not named. */
export function renameInControl(step: Step, from: string, to: string): Partial<Step> {
  const inText = (text: string): string =>
    rewriteBindings(text, (binding) => ('step' in binding && binding.step === from ? { ...binding, step: to } : binding));
  const { depends_on, when, for_each } = step;
  const changed: Partial<Step> = {};
  if (depends_on !== undefined && dependenciesOf(step).includes(from)) {
    changed.depends_on = typeof depends_on === 'string' ? to : depends_on.map((key) => (key === from ? to : key));
  }
  if (typeof when === 'string' && stepsNamedIn(when).includes(from)) changed.when = inText(when);
  if (typeof for_each?.items === 'string' && stepsNamedIn(for_each.items).includes(from)) changed.for_each = { ...for_each, items: inText(for_each.items) };
  if (controlKindOf(step) === null) return changed;
  for (const field of ['condition', 'items']) {
    const text = step[field];
    if (typeof text === 'string' && stepsNamedIn(text).includes(from)) changed[field] = inText(text);
  }
  const mapping = mappingWith(step['mapping'], (text) => (stepsNamedIn(text).includes(from) ? inText(text) : text));
  if (mapping !== null) changed['mapping'] = mapping;
  for (const field of blockFields) {
    const blocks = blocksIn(step, field);
    if (!blocks.some((text) => stepNamed(text) === from)) continue;
    const next = blocks.map((text) => (stepNamed(text) === from ? `\${{parent.jobs.${to}}}` : text));
    changed[field] = Array.isArray(step[field]) ? next : next[0];
  }
  return changed;
}
