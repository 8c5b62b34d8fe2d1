import type { FieldDifference, StepDifference } from '@pipewright/shared/draft/compare-pipelines.ts';
import { parseBinding } from '@pipewright/shared/expressions/binding.ts';
import { countOf } from '../../ui/format/number.ts';
import type { StepStrip } from '../step-strip.ts';

/** What people call a place of a step or of a pipeline. */
export function fieldName(place: readonly string[]): string {
  const [part = '', ...rest] = place;
  if (part === 'inputs' || part === 'outputs') return rest.length === 0 ? part : `${part === 'outputs' ? 'output ' : ''}${rest.join(' · ')}`;
  if (part === 'notes' || part === 'groups') return [part === 'notes' ? 'note' : 'group', ...rest].join(' · ');
  return [names[part] ?? part.replaceAll('_', ' '), ...rest].join(' · ');
}

const names: Readonly<Record<string, string>> = { display_name: 'name', when: 'condition', for_each: 'loop', depends_on: 'runs after' };

/** A value as one line, or several where it is a text of several; what is read from elsewhere by where that is. */
export function valueText(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value, null, 2) ?? '';
  const binding = parseBinding(value);
  if (binding?.source === 'step-output') return `${binding.step} · ${binding.name}`;
  return binding?.source === 'pipeline-input' ? `pipeline input ${binding.name}` : value;
}

/** How a step stands in the comparison, in the strip of its node. */
export function stripOfDifference(difference: StepDifference | undefined): StepStrip {
  const { look, word, detail } = standingOf(difference);
  return { status: 'none', look, word, detail, isDetailCode: false, time: null };
}

function standingOf(difference: StepDifference | undefined): Pick<StepStrip, 'look' | 'word' | 'detail'> {
  if (!difference) return { look: 'same', word: 'Same', detail: '' };
  const { kind, renamedFrom, fields } = difference;
  switch (kind) {
    case 'added':
      return { look: 'added', word: 'Added', detail: '' };
    case 'removed':
      return { look: 'removed', word: 'Removed', detail: '' };
    case 'changed':
      return { look: 'edited', word: 'Changed', detail: fields.map(({ place }) => fieldName(place)).join(', ') };
    case 'moved':
      return renamedFrom === null ? { look: 'moved', word: 'Moved', detail: '' } : { look: 'moved', word: 'Renamed', detail: `was ${renamedFrom}` };
  }
}

/** `1 step added, 2 changed; the pipeline too` */
export function summaryOf(steps: readonly StepDifference[], pipeline: readonly FieldDifference[]): string {
  const kinds = [
    ['added', 'added'],
    ['removed', 'removed'],
    ['changed', 'changed'],
    ['moved', 'moved or renamed'],
  ] as const;
  const counts = kinds.flatMap(([kind, word]) => {
    const count = steps.filter((step) => step.kind === kind).length;
    return count === 0 ? [] : [`${countOf(count, 'step')} ${word}`];
  });
  if (pipeline.length > 0) counts.push(`${countOf(pipeline.length, 'setting')} of the pipeline`);
  return counts.length === 0 ? 'No difference' : counts.join(', ');
}
