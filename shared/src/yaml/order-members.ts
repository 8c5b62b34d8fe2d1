import { isMap, visit, type Document, type Pair, type YAMLMap } from 'yaml';
import { applyPatches } from './patch.ts';
import { endOf, keyText, linesOf, startOf } from './patch-text.ts';

/**
 * The text with the members of one of its maps in another order, each with the comments right above it; what stands between
 * them stays. The text as it is where its form does not allow that: an alias in it, or braces over several lines.
 */
export function orderMembers(text: string, document: Document.Parsed, { at, wanted }: { readonly at: string; readonly wanted: readonly string[] }): string {
  const map: unknown = isMap(document.contents) ? document.contents.get(at, true) : undefined;
  if (!isMap(map)) return text;
  const places = new Map(wanted.map((key, index) => [key, index]));
  const pairs = map.items.filter(({ key }) => places.has(keyText(key)));
  const ordered = pairs.toSorted((a, b) => (places.get(keyText(a.key)) ?? 0) - (places.get(keyText(b.key)) ?? 0));
  if (pairs.every((pair, index) => pair === ordered[index]) || hasAnchors(map)) return text;
  const range = (pair: Pair) => (map.flow === true ? { start: startOf(pair.key), end: endOf(text, pair) } : linesOf(text, pair));
  const pieces = pairs.map(range);
  if (map.flow === true && /[#\n]/.test(text.slice(pieces[0]?.start, pieces.at(-1)?.end))) return text;
  if (pieces.some(({ end }, index) => end > (pieces[index + 1]?.start ?? Infinity))) return text;
  const wordsOf = (pair: Pair): string => {
    const { start, end } = range(pair);
    const words = text.slice(start, end);
    // The last line of a text may end without a break.
    return map.flow === true || words.endsWith('\n') ? words : `${words}\n`;
  };
  const patched = applyPatches(
    text,
    ordered.flatMap((pair, index) => {
      const piece = pieces[index];
      return piece ? [{ ...piece, text: wordsOf(pair) }] : [];
    }),
  );
  return text.endsWith('\n') ? patched : patched.replace(/\r?\n$/, '');
}

/** What an alias stands for is written before it. */
function hasAnchors(map: YAMLMap): boolean {
  let isFound = false;
  visit(map, {
    Node: (_, node) => {
      isFound ||= 'anchor' in node && node.anchor !== undefined;
    },
    Alias: () => {
      isFound = true;
    },
  });
  return isFound;
}
