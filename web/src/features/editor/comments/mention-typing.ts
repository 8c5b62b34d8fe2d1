import type { StepView } from '../../../canvas/step-view.ts';

/** What is being written after an `@`, from that on. */
export interface TypedMention {
  readonly at: number;
  readonly query: string;
}

export function typedMention(text: string, caret: number): TypedMention | null {
  const match = /(?<![\w@./-])@([\w/]*)$/.exec(text.slice(0, caret));
  return match ? { at: match.index, query: match[1] ?? '' } : null;
}

/** The text with the mention in full, and where the caret stands then. */
export function completeMention(text: string, { at, query }: TypedMention, step: string): { readonly text: string; readonly caret: number } {
  const rest = text.slice(at + 1 + query.length);
  const gap = /^\s/.test(rest) ? '' : ' ';
  return { text: `${text.slice(0, at)}@${step}${gap}${rest}`, caret: at + 1 + step.length + 1 };
}

const mostOffered = 8;

/** Steps whose key or title begins with what was typed come first, then those that hold it. */
export function offeredSteps(query: string, views: ReadonlyMap<string, StepView>): StepView[] {
  const wanted = query.toLowerCase();
  const rank = ({ key, title }: StepView): number => {
    const words = [key.toLowerCase(), title.toLowerCase(), title.toLowerCase().replaceAll(/\W+/g, '_')];
    if (words.some((word) => word.startsWith(wanted))) return 0;
    return words.some((word) => word.includes(wanted)) ? 1 : 2;
  };
  const ranked = [...views.values()].map((view) => ({ view, rank: rank(view) })).filter((one) => one.rank < 2);
  return ranked
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, mostOffered)
    .map(({ view }) => view);
}
