import type { EditedPlace } from '@pipewright/shared/http/activity.ts';
import { fieldName } from '../../../canvas/compare/difference-words.ts';

/** What was changed of one step, or of the pipeline (null), in words. */
export interface ActivityLine {
  readonly step: string | null;
  readonly words: readonly string[];
}

/** The places of an edit by the step that they are in, in the order in which they come. */
export function activityLines(places: readonly EditedPlace[]): ActivityLine[] {
  const lines = new Map<string | null, string[]>();
  for (const place of places) {
    const words = lines.get(place.step) ?? [];
    const word = wordOf(place);
    lines.set(place.step, words.includes(word) ? words : [...words, word]);
  }
  return [...lines].map(([step, words]) => ({ step, words: tidied(words) }));
}

/** Of a step that was added, what was set with it is no news. */
function tidied(words: readonly string[]): readonly string[] {
  if (words.includes('removed')) return words.includes('added') ? ['added', 'removed'] : ['removed'];
  return words.includes('added') ? ['added'] : words;
}

function wordOf({ op, name }: EditedPlace): string {
  switch (op) {
    case 'step.add':
      return 'added';
    case 'step.remove':
      return 'removed';
    case 'step.rename':
      return 'its key';
    case 'step.setInput':
      return fieldName(['inputs', name ?? '']);
    case 'step.setOutput':
      return fieldName(['outputs', name ?? '']);
    case 'component.upgrade':
      return 'component';
    case 'layout.move':
      return 'its place';
    case 'pipeline.setInput':
      return `input ${name}`;
    case 'pipeline.setOutput':
      return `output ${name}`;
    case 'pipeline.movePort':
      return 'the order of its inputs and outputs';
    case 'note.set':
      return 'a note';
    case 'group.set':
      return 'a group';
    case 'text.set':
    case 'text.splice':
      return 'the text';
    default:
      return name === null ? 'something else' : fieldName([name]);
  }
}
