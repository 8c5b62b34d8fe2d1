/** In a longer text nearly any letters are found in order. */
const longestTitle = 60;

/**
 * How well a text answers what somebody typed: 0 not at all, higher is better. All words must be found; the start of
 * the text beats the start of a word, that beats the middle of one, and letters in order (`clnmis` for *Clean missing
 * data*) come last.
 */
export function fuzzyScore(query: string, text: string): number {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return 1;
  const lower = text.toLowerCase();
  let total = 0;
  for (const word of words) {
    const score = scoreWord(word, lower);
    if (score === 0) return 0;
    total += score;
  }
  // Of two equal matches the shorter text is the closer one.
  return total / words.length - Math.min(lower.length, 200) / 1000;
}

function scoreWord(word: string, text: string): number {
  const at = text.indexOf(word);
  if (at === 0) return 10;
  if (at > 0) return /[\s_\-./:]/.test(text[at - 1] ?? '') ? 8 : wordStartAfter(word, text, at) ? 8 : 5;
  return word.length > 2 && text.length <= longestTitle && isSubsequence(word, text) ? 1.5 : 0;
}

/** A later place may be the better one: `data` in *metadata: data*. */
function wordStartAfter(word: string, text: string, from: number): boolean {
  for (let at = text.indexOf(word, from + 1); at > 0; at = text.indexOf(word, at + 1)) {
    if (/[\s_\-./:]/.test(text[at - 1] ?? '')) return true;
  }
  return false;
}

function isSubsequence(word: string, text: string): boolean {
  let at = 0;
  for (const letter of text) if (letter === word[at]) at += 1;
  return at === word.length;
}
