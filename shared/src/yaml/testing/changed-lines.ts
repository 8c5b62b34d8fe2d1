import { isAlias, isMap, isPair, visit, type Document, type Node, type Pair } from 'yaml';
import { readYaml } from '../read-yaml.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Change {
  readonly path: readonly string[];
  /** `gained`: a member in it is in the other text alone. */
  readonly what: 'changed' | 'lost' | 'gained';
}

/** The lines of a text that have no part in what it says otherwise than another one, and are not there in their order. */
export function linesLost(text: string, other: string): string[] {
  const { document, value } = readYaml(text);
  const there = readYaml(other);
  const changes = [...differing(value, there.value), ...aliasesIn(there.document)];
  const changed = new Set(changes.flatMap((change) => linesOf(text, document, change)));
  for (const line of linesThatMayMove(text, document)) changed.add(line);
  const outside = text.split(/\r?\n/).filter((line, index) => !changed.has(index) && line.trim() !== '');
  const lines = other.split(/\r?\n/);
  return outside.filter((line) => {
    const at = lines.indexOf(line);
    lines.splice(0, at + 1);
    return at < 0;
  });
}

/** What stands for something else there may be written out here. */
function aliasesIn(document: Document.Parsed): Change[] {
  const found: Change[] = [];
  visit(document, {
    Alias: (_key, _alias, ancestors) => {
      found.push({ path: ancestors.flatMap((node) => (isPair(node) ? [String(node.key)] : [])), what: 'changed' });
    },
  });
  return found;
}

/** What others name moves to them when its place goes. */
function linesThatMayMove(text: string, document: Document.Parsed): number[] {
  const lines: number[] = [];
  visit(document, {
    Node: (_key, node) => {
      if (!isAlias(node) && node.anchor === undefined) return;
      const { start, end } = rangeOf(node);
      const first = lineAt(text, isAlias(node) ? start : text.lastIndexOf(`&${node.anchor}`, start));
      for (let line = first; line <= lineAt(text, end); line += 1) lines.push(line);
    },
  });
  return lines;
}

/** The innermost members that differ. */
function differing(a: unknown, b: unknown, path: readonly string[] = []): Change[] {
  if (JSON.stringify(a) === JSON.stringify(b)) return [];
  // With nothing in common it is another map, and an empty one stands in braces.
  if (!isFields(a) || !isFields(b) || !Object.keys(a).some((key) => Object.hasOwn(b, key))) return [{ path, what: 'changed' }];
  const inside = Object.keys(a).flatMap((key): Change[] =>
    Object.hasOwn(b, key) ? differing(a[key], b[key], [...path, key]) : [{ path: [...path, key], what: 'lost' }],
  );
  return Object.keys(b).every((key) => Object.hasOwn(a, key)) ? inside : [...inside, { path, what: 'gained' }];
}

function linesOf(text: string, document: Document.Parsed, { path, what }: Change): number[] {
  let pair: Pair | undefined;
  let map: unknown = document.contents;
  for (const key of path) {
    const inside: Pair | undefined = isMap(map) ? map.items.find((item) => String(item.key) === key) : undefined;
    if (!inside) break;
    pair = inside;
    map = pair.value;
  }
  // A line more in a map of lines is no change of those that it has.
  if (!pair || (what === 'gained' && isMap(map) && map.flow !== true)) return [];
  const [start, end] = [rangeOf(pair.key).start, Math.max(rangeOf(pair.key).end, rangeOf(pair.value).end)];
  let first = lineAt(text, start);
  // The comments right above it, in its column, are about it and go with it.
  const lines = text.split('\n');
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const comment = `${' '.repeat(before.length)}#`;
  if (what === 'lost' && before.trimStart().length <= 1) while (lines[first - 1]?.startsWith(comment) === true) first -= 1;
  const last = lineAt(text, start + text.slice(start, end).trimEnd().length);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function rangeOf(node: unknown): { readonly start: number; readonly end: number } {
  const range = (node as Node | null)?.range;
  return { start: range?.[0] ?? 0, end: range?.[1] ?? 0 };
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length - 1;
const isFields = (value: unknown): value is Fields => value !== null && typeof value === 'object' && !Array.isArray(value);
