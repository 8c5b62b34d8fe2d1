import { isAlias, isMap, isNode, isScalar, isSeq, type Document, type Node, type Pair, type YAMLMap } from 'yaml';
import { parseText } from './parse-document.ts';

export interface TextPosition {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export interface YamlText {
  /** What was read. */
  readonly text: string;
  /** As plain JSON-like data; undefined when the text could not be read at all. */
  readonly value: unknown;
  readonly errors: readonly YamlError[];
  /** What was read although YAML forbids it. */
  readonly warnings: readonly YamlError[];
  /** Where a place in the value stands, or its nearest ancestor that is written down. */
  positionOf(path: readonly (string | number)[]): TextPosition;
  positionAt(offset: number): TextPosition;
  readonly document: Document.Parsed;
}

interface YamlError {
  /** Without a full stop. */
  readonly message: string;
  readonly position: TextPosition;
}

/** No pipeline that anybody has written comes near it. In characters. */
const longestText = 8 * 1024 * 1024;

/** Aliases and merge keys (`<<`) are resolved, with a bound so that a small file cannot blow up; keys may not repeat. */
export function readYaml(text: string): YamlText {
  const refused = whyNotRead(text);
  if (refused) return { ...readYaml(''), text, value: undefined, errors: [refused] };
  const { document, lines, outdentedAt } = parseText(text);
  const at = (offset: number): TextPosition => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const found = [
    ...document.errors.map(({ code, message, pos }) => ({ message: knownMessages[code] ?? inWords(message), offset: pos[0] })),
    ...wrongNodes(document),
  ];
  // What is too deep is not closed at thousands of places either.
  const tooDeep = found.find(({ message }) => message === nestedTooDeeply);
  const told = tooDeep ? [tooDeep] : found;
  const errors = told.map(({ message, offset }): YamlError => ({ message: message + hintAt(text, offset), position: at(offset) }));
  const offsetOf = createLocator(document);
  return {
    text,
    value: errors.length > 0 ? undefined : toData(document, errors, at),
    errors,
    warnings: outdentedAt === null ? [] : [{ message: outdented, position: at(outdentedAt) }],
    positionOf: (path) => at(offsetOf(path)),
    positionAt: at,
    document,
  };
}

/** What would take too long, or no text can hold. */
function whyNotRead(text: string): YamlError | null {
  if (text.length > longestText) {
    const size = (text.length / 1024 / 1024).toFixed(0);
    return { message: `the file has ${size} MB, and no more than ${longestText / 1024 / 1024} MB are read`, position: { line: 1, column: 1 } };
  }
  const nul = text.indexOf('\0');
  if (nul < 0) return null;
  const before = text.slice(0, nul).split('\n');
  return { message: 'it holds a NUL byte, which no text does', position: { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 } };
}

/** Where a template of some other tool, as `{{ name }}`, has not been filled in. */
function hintAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', start);
  return /(^|[:-])\s+\{\{/.test(text.slice(start, end < 0 ? undefined : end)) ? ' (a value that begins with "{{" has to stand in quotes)' : '';
}

const nestedTooDeeply = 'it is nested too deeply';
const outdented = 'a text in quotes goes on where its key begins, which YAML forbids and Azure’s tools accept';

/** What the parser, or the machine under it, says to programmers. */
function inWords(message: string): string {
  if (message.includes('call stack')) return nestedTooDeeply;
  if (message.startsWith('Excessive alias count')) return 'its aliases stand for more than can be written out';
  const [, quote] = /^Missing closing (["'])quote/.exec(message) ?? [];
  if (quote !== undefined) return `a quote (${quote}) is opened and never closed`;
  const [, kind, bracket] = /^Flow (map|sequence) in block collection must be sufficiently indented and end with a (.)/.exec(message) ?? [];
  if (kind !== undefined) return `the ${kind === 'map' ? '{' : '['} before this is not closed: a ${bracket} is missing`;
  const [, token] = /^Unexpected \S+ token in YAML stream: (.*)$/.exec(firstLine(message)) ?? [];
  if (token !== undefined) return `${token} stands where it has no meaning`;
  return saidPlainly[firstLine(message)] ?? firstLine(message);
}

const saidPlainly: Readonly<Record<string, string>> = {
  'Nested mappings are not allowed in compact mappings': 'a second ": " stands on this line: put the key on a line of its own, or the text in quotes',
  'Implicit map keys need to be followed by map values': 'a key has no ":" after it',
  'Implicit keys need to be on a single line': 'a key goes over several lines: a ":" or a quote is missing',
  'All mapping items must start at the same column': 'this line is not indented like the other keys of its map',
  'All sequence items must start at the same column': 'this line is not indented like the other items of its list',
  'Tabs are not allowed as indentation': 'it is indented with a tab, and YAML takes spaces only',
  'Unexpected scalar at node end': 'what stands here belongs neither to the list or map above nor to one of its own',
  'A block sequence may not be used as an implicit map key': 'a list stands where a key belongs',
};

/** Where the parser speaks to programmers. */
const knownMessages: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'the file holds several documents, separated by "---"; keep one',
};

/** What is YAML and still not data: an alias of nothing, a key that is a list or a map, a key for the second time, a key that cannot be kept. */
function wrongNodes(document: Document.Parsed): WrongNode[] {
  if (document.errors.length > 0) return [];
  const wrong: WrongNode[] = [];
  const anchors = new Set<string>();
  const look = (node: unknown): void => {
    if (isAlias(node)) {
      if (!anchors.has(node.source))
        wrong.push({ message: `"*${node.source}" stands for nothing: there is no "&${node.source}" before it`, offset: startOf(node) ?? 0 });
    } else if (isNode(node)) {
      if (node.anchor !== undefined) anchors.add(node.anchor);
      if (isMap(node)) {
        wrong.push(...wrongKeys(node));
        for (const { key, value } of node.items) {
          look(key);
          look(value);
        }
      } else if (isSeq(node)) for (const item of node.items) look(item);
    }
  };
  look(document.contents);
  return wrong;
}

interface WrongNode {
  readonly message: string;
  readonly offset: number;
}

function wrongKeys({ items }: YAMLMap): WrongNode[] {
  const wrong: WrongNode[] = [];
  const seen = new Set<string>();
  for (const { key } of items) {
    const offset = startOf(key) ?? 0;
    const name = keyText(key);
    if (name === undefined) wrong.push({ message: 'a key must be a name', offset });
    // The one name that an object read from JSON cannot hold: what stands there would be lost at the next reading.
    else if (name === '__proto__') wrong.push({ message: '__proto__ cannot be a name', offset });
    else if (seen.has(name) && name !== '<<') wrong.push({ message: `the key ${name} stands here a second time`, offset });
    else seen.add(name);
  }
  return wrong;
}

function toData(document: Document.Parsed, errors: YamlError[], at: (offset: number) => TextPosition): unknown {
  try {
    return document.toJS({ maxAliasCount: 1000 });
  } catch (error) {
    errors.push({ message: inWords(error instanceof Error ? error.message : String(error)), position: at(0) });
    return undefined;
  }
}

/**
 * Finds the offset of the key of the last member of a path that exists; of the value for items of a list. Looks through
 * each map once: a large document may have as many problems as it has keys.
 */
function createLocator(document: Document.Parsed): (path: readonly (string | number)[]) => number {
  const indexes = new Map<YAMLMap, ReadonlyMap<string, Pair>>();
  const pairsOf = (map: YAMLMap): ReadonlyMap<string, Pair> => {
    const index = indexes.get(map) ?? new Map(map.items.map((pair) => [keyText(pair.key) ?? '', pair]));
    indexes.set(map, index);
    return index;
  };
  return (path) => {
    let node: unknown = document.contents;
    let offset = startOf(node) ?? 0;
    for (const segment of path) {
      if (isMap(node)) {
        const pair = pairsOf(node).get(String(segment));
        if (!pair) return offset;
        offset = startOf(pair.key) ?? offset;
        node = pair.value;
      } else if (isSeq(node)) {
        node = node.items[Number(segment)];
        if (node === undefined) return offset;
        offset = startOf(node) ?? offset;
      } else return offset;
    }
    return offset;
  };
}

/** A key as the text that it is in the data; undefined for one that is none. */
function keyText(key: unknown): string | undefined {
  if (key === null) return '';
  if (isScalar(key)) return String(key.value);
  return isAlias(key) ? `*${key.source}` : undefined;
}

function startOf(node: unknown): number | undefined {
  const range = (node as Node | null | undefined)?.range;
  return range?.[0];
}

const firstLine = (text: string): string => text.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? text;
