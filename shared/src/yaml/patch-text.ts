import { isAlias, isMap, isScalar, type Document, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { movedAnchors } from './move-anchors.ts';
import { applyPatches, withComment, type Patch } from './patch.ts';
import { writeFlow, writeYaml } from './write-yaml.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Patching {
  readonly text: string;
  readonly patches: Patch[];
  readonly isSame: (a: unknown, b: unknown, key?: string) => boolean;
  /** As a member of what stands at `under`. */
  readonly isNothing: (value: unknown, member: string, under?: string) => boolean;
}

/**
 * The text with the map in it saying `wanted`, every line kept that says the same as before. Null where the form of the
 * text does not allow it, as in a flow map over several lines with comments.
 */
export function patchText(
  text: string,
  { document, map, written, wanted }: { readonly document: Document.Parsed; readonly map: YAMLMap; readonly written: Fields; readonly wanted: Fields },
  same: Pick<Patching, 'isSame' | 'isNothing'>,
): string | null {
  const patching: Patching = { text, patches: [], ...same };
  if (!patchMap(patching, map, { written, wanted })) return null;
  return applyPatches(text, [...patching.patches, ...movedAnchors(text, document, patching.patches)]);
}

interface MapChange {
  /** Where the map stands. */
  readonly at?: string;
  readonly written: Fields;
  readonly wanted: Fields;
}

/** False: this map cannot be patched. */
function patchMap(patching: Patching, map: YAMLMap, change: MapChange): boolean {
  const { isSame, isNothing } = patching;
  const isFlow = map.flow === true;
  if (isFlow && map.items.length === 0) return false;
  const { written, wanted, at } = change;
  const renamed = renamesIn(map, change);
  const own = new Set(map.items.map(({ key }) => keyText(key)));
  // What a merge key brings along goes only with the merge.
  if (Object.keys(written).some((key) => !own.has(key) && !Object.hasOwn(wanted, key) && !isNothing(written[key], key, at))) return false;
  const last = map.items.at(-1);
  const indent = last ? columnOf(patching.text, startOf(last.key)) : 0;
  for (const pair of map.items) {
    const before = keyText(pair.key);
    const key = renamed.get(before) ?? before;
    if (!Object.hasOwn(wanted, key)) {
      if (!isNothing(written[before], before, at)) {
        if (!isFlow) removePair(patching, pair);
        else if (!removeInFlow(patching, map, pair)) return false;
      }
      continue;
    }
    const isChanged = !isSame(written[before], wanted[key], key);
    const isWhole = isChanged && patchPair(patching, pair, { key, indent, isFlow, written: written[before], wanted: wanted[key] }) === 'whole';
    if (key !== before && !isWhole) patching.patches.push({ ...rangeOf(pair.key), text: keyAsText(key) });
  }
  const known = new Set(map.items.map(({ key }) => renamed.get(keyText(key)) ?? keyText(key)));
  // What a merge key brings along is not written here.
  const added = Object.entries(wanted).filter(
    ([key, value]) => !known.has(key) && !isNothing(value, key, at) && (!Object.hasOwn(written, key) || !isSame(written[key], value, key)),
  );
  if (added.length > 0 && last) (isFlow ? appendInFlow : appendPairs)(patching, { last, indent, added });
  return added.length === 0 || last !== undefined;
}

/** A key in the same place with the same fellows is the same member under another name. */
function renamesIn(map: YAMLMap, { written, wanted }: MapChange): ReadonlyMap<string, string> {
  const keys = Object.keys(wanted);
  const renames = new Map<string, string>();
  if (keys.length !== map.items.length) return renames;
  for (const [index, { key }] of map.items.entries()) {
    const [before, next] = [keyText(key), keys[index]];
    if (next !== undefined && next !== before && Object.hasOwn(written, before) && !Object.hasOwn(written, next) && !Object.hasOwn(wanted, before))
      renames.set(before, next);
  }
  return renames;
}

interface PairChange {
  readonly key: string;
  readonly indent: number;
  readonly isFlow: boolean;
  readonly written: unknown;
  readonly wanted: unknown;
}

/** Whether the key was written anew with the value. */
function patchPair(patching: Patching, pair: Pair, { key, indent, isFlow, written, wanted }: PairChange): 'whole' | 'value' {
  const { value } = pair;
  const { length } = patching.patches;
  if (isMap(value) && isFields(written) && isFields(wanted) && patchMap(patching, value, { written, wanted, at: key })) return 'value';
  // What was begun inside is written anew as a whole.
  patching.patches.length = length;
  if (isScalar(value) && isPlainScalar(value) && !isCollection(wanted)) {
    patching.patches.push({ ...rangeOf(value), text: scalarAsText(wanted, value, isFlow) });
    return 'value';
  }
  const start = startOf(pair.key);
  if (isFlow) {
    patching.patches.push({ start, end: endOf(patching.text, pair), text: flowPair(key, wanted) });
    return 'whole';
  }
  const end = Math.max(endOf(patching.text, pair), endOfKey(patching.text, pair));
  patching.patches.push(withComment(patching.text, { start, end, text: pairAsText(key, wanted, indent).trimStart() }));
  return 'whole';
}

const removePair = ({ text, patches }: Patching, pair: Pair): void => void patches.push({ ...linesOf(text, pair), text: '' });

/** The lines of a member, with the comment lines right above it, which are about it. */
export function linesOf(text: string, pair: Pair): { readonly start: number; readonly end: number } {
  let start = lineStart(text, startOf(pair.key));
  const indent = startOf(pair.key) - start;
  // The first member of a map in a list begins behind its dash.
  if (text.slice(start, startOf(pair.key)).trim() !== '') start = startOf(pair.key);
  for (let above = lineStart(text, start - 1); above < start; above = lineStart(text, start - 1)) {
    const line = text.slice(above, start);
    if (!line.trimStart().startsWith('#') || line.length - line.trimStart().length !== indent) break;
    start = above;
    if (start === 0) break;
  }
  return { start, end: lineEnd(text, Math.max(endOf(text, pair), endOfKey(text, pair))) };
}

/** With the comma before it, or after it where it is the first. False: braces with nothing left, or a comment in between. */
function removeInFlow({ text, patches }: Patching, { items }: YAMLMap, pair: Pair): boolean {
  const index = items.indexOf(pair);
  const [before, after] = [items[index - 1], items[index + 1]];
  // Two that go beside each other would both take the same comma.
  const [start, end] = before ? [endOf(text, before), endOf(text, pair)] : [startOf(pair.key), after ? startOf(after.key) : null];
  if (end === null || /\n\s*#|\s#.*\n/.test(text.slice(start, end)) || patches.some((patch) => patch.start < end && patch.end > start)) return false;
  patches.push({ start, end, text: '' });
  return true;
}

function appendPairs(
  patching: Patching,
  { last, indent, added }: { readonly last: Pair; readonly indent: number; readonly added: readonly (readonly [string, unknown])[] },
): void {
  const { text } = patching;
  const end = lineEnd(text, Math.max(endOf(text, last), endOfKey(text, last)));
  const words = added.map(([key, value]) => `${pairAsText(key, value, indent)}\n`).join('');
  patching.patches.push({ start: end, end, text: end > 0 && text[end - 1] !== '\n' ? `\n${words.trimEnd()}` : words });
}

/** Behind the last member between the braces. */
function appendInFlow({ text, patches }: Patching, { last, added }: { readonly last: Pair; readonly added: readonly (readonly [string, unknown])[] }): void {
  const end = endOf(text, last);
  patches.push({ start: end, end, text: added.map(([key, value]) => `, ${flowPair(key, value)}`).join('') });
}

/** `key: value` as it stands between braces. */
function flowPair(key: string, value: unknown): string {
  const text = writeFlow({ [key]: value });
  return text.slice(1, -1).trim();
}

const pairAsText = (key: string, value: unknown, indent: number): string =>
  writeYaml({ [key]: value })
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? line : `${' '.repeat(indent)}${line}`))
    .join('\n');

const keyAsText = (key: string): string => writeYaml({ [key]: 0 }).replace(/: 0\s*$/, '');

/** A text keeps the quotes that it has, where it can. */
function scalarAsText(value: unknown, before: Scalar, isFlow: boolean): string {
  if (typeof value === 'string' && before.type === 'QUOTE_SINGLE' && /^[^\n\r\t]*$/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  if (typeof value === 'string' && before.type === 'QUOTE_DOUBLE') return JSON.stringify(value);
  if (isFlow) return flowPair('a', value).replace(/^a:\s?/, '');
  return writeYaml({ a: value })
    .trimEnd()
    .replace(/^a:\s?/, '');
}

/** On one line: not a folded or literal block. */
const isPlainScalar = ({ type, range }: Scalar): boolean => range != null && range[1] > range[0] && type !== 'BLOCK_FOLDED' && type !== 'BLOCK_LITERAL';
const isCollection = (value: unknown): boolean =>
  value !== null && (typeof value === 'object' || value === undefined || (typeof value === 'string' && value.includes('\n')));
const isFields = (value: unknown): value is Fields => value !== null && typeof value === 'object' && !Array.isArray(value);

export const keyText = (key: unknown): string => (isScalar(key) ? String(key.value) : isAlias(key) ? `*${key.source}` : '');

function rangeOf(node: unknown): { readonly start: number; readonly end: number } {
  const range = (node as Node | null)?.range;
  if (!range) throw new Error('Internal error: expected a node that was read from a text');
  return { start: range[0], end: range[1] };
}

export const startOf = (node: unknown): number => rangeOf(node).start;

/** Where the words of a member end, without the blank lines and comments after it. */
export function endOf(text: string, { key, value }: Pair): number {
  const node = value as Node | null;
  const range = node?.range;
  const { start, end } = rangeOf(key);
  if (!range || range[1] <= start) return end;
  const lastInside = isMap(node) && node.flow !== true ? node.items.at(-1) : undefined;
  if (lastInside) return endOf(text, lastInside);
  // The blank lines after it are its own.
  if (/^[|>]\d?\+/.test(text.slice(range[0], range[0] + 3))) return text[range[1] - 1] === '\n' ? range[1] - 1 : range[1];
  return start + text.slice(start, range[1]).trimEnd().length;
}

/** Behind the colon. */
function endOfKey(text: string, { key }: Pair): number {
  const { end } = rangeOf(key);
  const colon = text.indexOf(':', end);
  return colon < 0 ? end : colon + 1;
}

const lineStart = (text: string, at: number): number => (at <= 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1);
function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}
function columnOf(text: string, at: number): number {
  return at - lineStart(text, at);
}
