import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';

export interface TextPosition {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export interface YamlText {
  /** As plain JSON-like data; undefined when the text could not be read at all. */
  readonly value: unknown;
  readonly errors: readonly { readonly message: string; readonly position: TextPosition }[];
  /** Where a place in the value stands, or its nearest ancestor that is written down. */
  positionOf(path: readonly (string | number)[]): TextPosition;
  readonly document: Document.Parsed;
}

/** Aliases are resolved, with a bound so that a small file cannot blow up; keys may not repeat. */
export function readYaml(text: string): YamlText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, version: '1.2' });
  const at = (offset: number): TextPosition => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const errors = document.errors.map((error) => ({ message: firstLine(error.message), position: at(error.pos[0]) }));
  return {
    value: errors.length > 0 ? undefined : toData(document, errors, at),
    errors,
    positionOf: (path) => at(offsetOf(document, path)),
    document,
  };
}

function toData(document: Document.Parsed, errors: { message: string; position: TextPosition }[], at: (offset: number) => TextPosition): unknown {
  try {
    return document.toJS({ maxAliasCount: 1000 });
  } catch (error) {
    errors.push({ message: error instanceof Error ? error.message : String(error), position: at(0) });
    return undefined;
  }
}

/** The offset of the key of the last member of the path that exists; of the value for items of a list. */
function offsetOf(document: Document.Parsed, path: readonly (string | number)[]): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const segment of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => (isScalar(key) ? String(key.value) : key) === String(segment));
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
}

function startOf(node: unknown): number | undefined {
  const range = (node as Node | null | undefined)?.range;
  return range?.[0];
}

const firstLine = (text: string): string => text.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? text;
