import { bindingsIn, rewriteBindings } from '../expressions/binding.ts';
import type { Pipeline } from './pipeline.ts';
import type { Step } from './step.ts';
import { dependenciesOf } from './step-control.ts';

/** The fields of a step that name other steps besides its inputs. */
export const controlFields = ['depends_on', 'when', 'for_each'] as const;
type ControlField = (typeof controlFields)[number];

/** The steps that must have ended before this one begins, besides those it reads data of; each once, in order of writing. */
export function controlSourcesOf(key: string, document: Pipeline): string[] {
  const step = document.jobs[key];
  if (!step) return [];
  const sources = new Set(controlSourcesOfStep(step));
  if (document.settings.on_finalize === key) for (const other of Object.keys(document.jobs)) if (other !== key) sources.add(other);
  return [...sources];
}

/** As far as the step alone says. */
export function controlSourcesOfStep(step: Step): string[] {
  return [...new Set([...dependenciesOf(step), ...stepsNamedIn(step.when), ...stepsNamedIn(step.for_each?.items)])];
}

function stepsNamedIn(text: unknown): string[] {
  return typeof text === 'string' ? bindingsIn(text).flatMap(({ binding }) => (binding !== null && 'step' in binding ? [binding.step] : [])) : [];
}

/** The control fields of a step in which a step bears another key; none where it is not named. */
export function renameInControl(step: Step, from: string, to: string): Partial<Pick<Step, ControlField>> {
  const inText = (text: string): string =>
    rewriteBindings(text, (binding) => ('step' in binding && binding.step === from ? { ...binding, step: to } : binding));
  const { depends_on, when, for_each } = step;
  const changed: Partial<Pick<Step, ControlField>> = {};
  if (depends_on !== undefined && dependenciesOf(step).includes(from)) {
    changed.depends_on = typeof depends_on === 'string' ? to : depends_on.map((key) => (key === from ? to : key));
  }
  if (typeof when === 'string' && stepsNamedIn(when).includes(from)) changed.when = inText(when);
  if (typeof for_each?.items === 'string' && stepsNamedIn(for_each.items).includes(from)) changed.for_each = { ...for_each, items: inText(for_each.items) };
  return changed;
}
