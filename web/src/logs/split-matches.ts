import type { LogMatch } from './find-in-log.ts';
import type { LogSpan } from './parse-ansi.ts';

export interface MarkedSpan extends LogSpan {
  readonly mark: 'none' | 'match' | 'current';
}

/** Cuts the spans of a line where its matches begin and end. */
export function splitMatches(spans: readonly LogSpan[], matches: readonly LogMatch[], current: LogMatch | undefined): MarkedSpan[] {
  const marked: MarkedSpan[] = [];
  let at = 0;
  for (const span of spans) {
    const end = at + span.text.length;
    const cuts = new Set([at, end]);
    for (const match of matches) for (const cut of [match.start, match.end]) if (cut > at && cut < end) cuts.add(cut);
    const edges = [...cuts].toSorted((a, b) => a - b);
    for (const [index, from] of edges.slice(0, -1).entries()) {
      const to = edges[index + 1] ?? end;
      const match = matches.find(({ start, end: stop }) => start <= from && to <= stop);
      const mark = match === undefined ? 'none' : match === current ? 'current' : 'match';
      marked.push({ ...span, text: span.text.slice(from - at, to - at), mark });
    }
    at = end;
  }
  return marked;
}
