import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { topologicalOrder } from '@pipewright/shared/graph/topological-order.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import type { StepView } from '../../../canvas/step-view.ts';

/** Something on the canvas that answers. */
export interface Found {
  readonly kind: 'step' | 'note';
  /** The key of the step, or the id of the note. */
  readonly id: string;
  /** What of it answers: `name`, `key`, `component`, `parameter rate: 0.1`, `description`. */
  readonly where: string;
}

interface Searched {
  readonly content: DraftContent;
  readonly views: ReadonlyMap<string, StepView>;
}

/** Steps in the order in which they run, then notes from top to bottom, in which all words of the query stand. */
export function findInDraft({ content, views }: Searched, query: string): Found[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const { document, layout } = content;
  const ordered = topologicalOrder(document);
  const known = new Set(ordered);
  const steps = [...ordered, ...Object.keys(document.jobs).filter((key) => !known.has(key))].flatMap((key): Found[] => {
    const step = document.jobs[key];
    const where = step && whereIn(textsOf(key, step, views.get(key)), words);
    return where === undefined ? [] : [{ kind: 'step', id: key, where }];
  });
  const notes = Object.entries(layout.notes)
    .toSorted(([, a], [, b]) => a.y - b.y || a.x - b.x)
    .flatMap(([id, { text }]): Found[] => (whereIn([['note', text]], words) === undefined ? [] : [{ kind: 'note', id, where: 'note' }]));
  return [...steps, ...notes];
}

type Text = readonly [where: string, text: string];

function textsOf(key: string, step: Step, view: StepView | undefined): Text[] {
  const inputs = Object.entries(step.inputs).map(([name, value]): Text => {
    const text = value !== null && typeof value === 'object' ? value.path : String(value ?? '');
    return [`${name}: ${text}`, `${name} ${text}`];
  });
  const texts: Text[] = [['name', view?.title ?? step.display_name ?? key], ['key', key], ...inputs, ['component', view?.subtitle ?? '']];
  return step.description === undefined ? texts : [...texts, ['description', step.description]];
}

/** The first text that holds every word; else, where they stand in several, the one that holds the first of them. */
function whereIn(texts: readonly Text[], words: readonly string[]): string | undefined {
  const holds = (text: string, word: string): boolean => text.toLowerCase().includes(word);
  const whole = texts.find(([, text]) => words.every((word) => holds(text, word)));
  if (whole) return whole[0];
  if (!words.every((word) => texts.some(([, text]) => holds(text, word)))) return undefined;
  return texts.find(([, text]) => holds(text, words[0] ?? ''))?.[0];
}
