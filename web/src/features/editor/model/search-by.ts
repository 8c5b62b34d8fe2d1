/** What of a thing answers a query. */
export interface Searchable {
  readonly title: string;
  readonly words: string;
}

/** How well a text answers a query: 0 not at all, more is better. Every word of the query has to be found. */
export function matchScore(query: string, { title, words }: Searchable): number {
  const parts = query
    .toLowerCase()
    .split(/\s+/)
    .filter((part) => part !== '');
  let score = 1;
  for (const part of parts) {
    const found = scoreOf(part, title.toLowerCase()) * 4 || scoreOf(part, words.toLowerCase());
    if (found === 0) return 0;
    score += found;
  }
  // Among equals the shorter title is the likelier.
  return score + 1 / (1 + title.length);
}

function scoreOf(part: string, text: string): number {
  const at = text.indexOf(part);
  if (at === 0) return 8;
  if (at > 0) return /[\s_·-]/.test(text[at - 1] ?? '') ? 6 : 3;
  return isSpelledIn(part, text) ? 1 : 0;
}

/** The letters in order, the first at the beginning of a word: `sd` is in `split data`. */
function isSpelledIn(part: string, text: string): boolean {
  const initials = text
    .split(/[\s_-]+/)
    .map((word) => word[0] ?? '')
    .join('');
  if (initials.startsWith(part)) return true;
  if (part.length < 3) return false;
  let at = -1;
  for (const letter of part) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return text[0] === part[0];
}

/** Those that answer a query, the best first; all of them, in their order, for an empty one. */
export function searchBy<Item>(items: readonly Item[], query: string, searchableOf: (item: Item) => Searchable): Item[] {
  if (query.trim() === '') return [...items];
  return items
    .map((item) => ({ item, score: matchScore(query, searchableOf(item)) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ item }) => item);
}

/** Works the words of an item out once, not at every letter of a query. */
export function rememberWords<Item extends object>(wordsOf: (item: Item) => Searchable): (item: Item) => Searchable {
  const known = new WeakMap<Item, Searchable>();
  return (item) => {
    const searchable = known.get(item) ?? wordsOf(item);
    known.set(item, searchable);
    return searchable;
  };
}
