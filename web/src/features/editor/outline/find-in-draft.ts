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

/** Something on the canvas with all that is said of it. */
interface Searchable {
  readonly kind: Found['kind'];
  readonly id: string;
  readonly texts: readonly Text[];
}

interface Text {
  /** As of what is found. */
  readonly where: string;
  /** In small letters. */
  readonly text: string;
}

interface LastAnswer {
  readonly query: string;
  readonly searchables: readonly Searchable[];
  readonly found: readonly Found[];
}

/**
 * Finds what all words of a query stand in: steps in the order in which they run, then notes from top to bottom. What is
 * said on the canvas is gathered once, and a query that goes on from the last one looks only at what answered that.
 */
export function createFinder(searched: Searched): (query: string) => readonly Found[] {
  let all: readonly Searchable[] | null = null;
  let last: LastAnswer = { query: '', searchables: [], found: [] };
  return (query) => {
    if (query === last.query) return last.found;
    const words = query
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    if (words.length === 0) return [];
    const among = last.found.length > 0 && query.startsWith(last.query) ? last.searchables : (all ??= searchablesOf(searched));
    const found = among.flatMap((searchable): [Searchable, Found][] => {
      const where = whereIn(searchable.texts, words);
      return where === undefined ? [] : [[searchable, { kind: searchable.kind, id: searchable.id, where }]];
    });
    last = { query, searchables: found.map(([searchable]) => searchable), found: found.map(([, one]) => one) };
    return last.found;
  };
}

/** More of a value than this is not said where it is found. */
const mostSaid = 200;

function searchablesOf({ content: { document, layout }, views }: Searched): Searchable[] {
  const ordered = topologicalOrder(document);
  const known = new Set(ordered);
  const steps = [...ordered, ...Object.keys(document.jobs).filter((key) => !known.has(key))].flatMap((key): Searchable[] => {
    const step = document.jobs[key];
    return step ? [{ kind: 'step', id: key, texts: textsOf(key, step, views.get(key)) }] : [];
  });
  const notes = Object.entries(layout.notes)
    .toSorted(([, a], [, b]) => a.y - b.y || a.x - b.x)
    .map(([id, note]): Searchable => ({ kind: 'note', id, texts: [textOf('note', note.text)] }));
  return [...steps, ...notes];
}

const textOf = (where: string, text: string): Text => ({ where, text: text.toLowerCase() });

function textsOf(key: string, step: Step, view: StepView | undefined): Text[] {
  const inputs = Object.entries(step.inputs).map(([name, value]): Text => {
    const text = value !== null && typeof value === 'object' ? value.path : String(value ?? '');
    return textOf(`${name}: ${text.length > mostSaid ? `${text.slice(0, mostSaid)}…` : text}`, `${name} ${text}`);
  });
  const texts = [textOf('name', view?.title ?? step.display_name ?? key), textOf('key', key), ...inputs, textOf('component', view?.subtitle ?? '')];
  return step.description === undefined ? texts : [...texts, textOf('description', step.description)];
}

/** The first text that holds every word; else, where they stand in several, the one that holds the first of them. */
function whereIn(texts: readonly Text[], words: readonly string[]): string | undefined {
  const whole = texts.find(({ text }) => words.every((word) => text.includes(word)));
  if (whole) return whole.where;
  if (!words.every((word) => texts.some(({ text }) => text.includes(word)))) return undefined;
  return texts.find(({ text }) => text.includes(words[0] ?? ''))?.where;
}
