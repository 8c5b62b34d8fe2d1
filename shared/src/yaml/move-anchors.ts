import { isAlias, isCollection, isMap, isPair, isScalar, isSeq, visit, type Alias, type Document, type Node } from 'yaml';
import { withComment, type Patch } from './patch.ts';
import { writeFlow } from './write-yaml.ts';

type Anchored = Node & { readonly anchor: string; readonly range: [number, number, number] };

interface Source {
  readonly text: string;
  readonly document: Document.Parsed;
}

interface Use {
  readonly alias: Alias;
  /** The column of the key that it is the value of; null where it stands between brackets or in a list. */
  readonly keyColumn: number | null;
}

/**
 * Where what is taken away carries an anchor that others name further on, the first of them takes over its words; the rest
 * goes on naming it.
 */
export function movedAnchors(text: string, document: Document.Parsed, patches: readonly Patch[]): Patch[] {
  const isGone = (...offsets: readonly number[]): boolean => patches.some(({ start, end }) => offsets.every((offset) => offset >= start && offset < end));
  const heirs = new Map<string, { readonly anchored: Anchored; use: Use | null }>();
  visit(document, {
    Node: (key, node, ancestors) => {
      if (isAlias(node)) {
        const heir = heirs.get(node.source);
        if (heir && heir.use === null && !isGone(node.range?.[0] ?? 0)) heir.use = { alias: node, keyColumn: keyColumnOf(text, node, ancestors) };
        return;
      }
      if (!isAnchored(node)) return;
      // Another anchor of the same name: what comes after means that one.
      const before = heirs.get(node.anchor);
      if (before && before.use === null) heirs.delete(node.anchor);
      const place = placeBefore(key, node, ancestors);
      if (place !== null && isGone(place, node.range[0])) heirs.set(node.anchor, { anchored: node, use: null });
    },
  });
  return [...heirs.values()].flatMap(({ anchored, use }) => {
    if (!use?.alias.range) return [];
    const [start, end] = use.alias.range;
    return [withComment(text, { start, end, text: `&${anchored.anchor}${wordsOf({ text, document }, anchored, use.keyColumn)}` })];
  });
}

/** A place before its anchor, such that what goes from there to the node takes the anchor with it; what goes within the node alone does not. Null: it stays. */
function placeBefore(key: unknown, node: Anchored, ancestors: readonly unknown[]): number | null {
  const parent = ancestors.at(-1);
  if (isPair(parent)) return key === 'value' && isScalar(parent.key) && parent.key.range ? parent.key.range[0] : node.range[0] - 1;
  return isSeq(parent) ? node.range[0] : null;
}

const isAnchored = (node: unknown): node is Anchored => (isScalar(node) || isCollection(node)) && node.anchor !== undefined && node.range != null;

/** With the space before them. Lines of a block go to their new column as they are; anything else stands on one line. */
function wordsOf({ text, document }: Source, node: Anchored, keyColumn: number | null): string {
  const [start, end] = node.range;
  if (isScalar(node) && node.type !== 'BLOCK_FOLDED' && node.type !== 'BLOCK_LITERAL') return ` ${text.slice(start, end)}`;
  if (isCollection(node) && node.flow === true && !sharesWords(node) && !text.slice(start, end).includes('\n')) return ` ${text.slice(start, end)}`;
  if (keyColumn === null || !isMap(node) || node.flow === true || sharesWords(node)) return ` ${writeFlow(node.toJS(document))}`;
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
  const deeper = ' '.repeat(keyColumn + 2);
  const lines = (indent + text.slice(start, end).trimEnd()).split(/\r?\n/);
  if (!lines.every((line) => line.trim() === '' || line.startsWith(indent))) return ` ${writeFlow(node.toJS(document))}`;
  return ['', ...lines.map((line) => (line.trim() === '' ? '' : deeper + line.slice(indent.length)))].join('\n');
}

/** Whether what it says is partly said elsewhere, in a place that may go as well; or is named itself, and its name goes to another place. */
function sharesWords(node: Anchored): boolean {
  let isFound = false;
  visit(node, {
    Node: (_key, inside) => {
      if (inside === node || (!isAlias(inside) && inside.anchor === undefined)) return undefined;
      isFound = true;
      return visit.BREAK;
    },
  });
  return isFound;
}

function keyColumnOf(text: string, alias: Alias, ancestors: readonly unknown[]): number | null {
  const pair = ancestors.at(-1);
  if (!isPair(pair) || pair.value !== alias || !isScalar(pair.key) || !pair.key.range) return null;
  if (ancestors.some((node) => (isMap(node) || isSeq(node)) && node.flow === true)) return null;
  const [start] = pair.key.range;
  return start - (text.lastIndexOf('\n', start - 1) + 1);
}
