import { fuzzyScore } from '../../ui/commands/fuzzy-score.ts';
import type { Thing } from '../../ui/commands/things.ts';

/** One line of the palette: a command, or a thing of the workspace to open. */
export interface PaletteEntry extends Thing {
  readonly keys?: string | undefined;
}

const shownAtMost = 60;

/** The entries that answer a query, the best first; all of them in their order when nothing is asked. */
export function findEntries(entries: readonly PaletteEntry[], query: string): PaletteEntry[] {
  if (query.trim() === '') return entries.slice(0, shownAtMost);
  return entries
    .map((entry) => ({ entry, score: scoreEntry(entry, query) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, shownAtMost)
    .map(({ entry }) => entry);
}

function scoreEntry(entry: PaletteEntry, query: string): number {
  const byTitle = fuzzyScore(query, entry.title);
  const byRest = fuzzyScore(query, `${entry.title} ${entry.group} ${entry.detail ?? ''} ${entry.keywords ?? ''}`);
  return Math.max(byTitle, byRest * 0.7);
}
