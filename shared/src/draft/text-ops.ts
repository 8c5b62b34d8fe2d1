import { longestText, type DraftOp } from './draft-op.ts';

export type TextOp = Extract<DraftOp, { op: 'text.set' | 'text.splice' }>;
export type TextSplice = Extract<DraftOp, { op: 'text.splice' }>;

export const isTextOp = (op: DraftOp): op is TextOp => op.op === 'text.set' || op.op === 'text.splice';

type AppliedTextOp = { readonly text: string | undefined; readonly inverse: TextOp } | { readonly refused: string };

export function applyTextOp(text: string | undefined, op: TextOp): AppliedTextOp {
  if (op.op === 'text.set') return { text: op.value, inverse: { op: 'text.set', ...(text === undefined ? {} : { value: text }) } };
  if (text === undefined) return { refused: 'the draft has no text' };
  const { removed, inserted } = op;
  const at = placeOf(text, op);
  if (at === null) return { refused: 'the text reads otherwise there by now' };
  if (text.length - removed.length + inserted.length > longestText) return { refused: `a text has no more than ${longestText / 1024 / 1024} MB` };
  return {
    text: text.slice(0, at) + inserted + text.slice(at + removed.length),
    inverse: { op: 'text.splice', at, removed: inserted, inserted: removed },
  };
}

/** Where it says, or the nearest place at which the removed words stand. */
function placeOf(text: string, { at, removed }: TextSplice): number | null {
  if (removed === '') return Math.min(at, text.length);
  if (text.startsWith(removed, at)) return at;
  const after = text.indexOf(removed, at);
  const before = at === 0 ? -1 : text.lastIndexOf(removed, at - 1);
  if (after < 0) return before < 0 ? null : before;
  return before >= 0 && at - before < after - at ? before : after;
}

/** Where an operation had its effect, as its inverse tells: the same operation, for the text as it is now. */
export function placedAs(op: DraftOp, inverse: DraftOp | undefined): DraftOp {
  return op.op === 'text.splice' && inverse?.op === 'text.splice' ? { ...op, at: inverse.at } : op;
}

/** The same effect on a text in fewer operations. */
export function coalesceTextOps(ops: readonly TextOp[]): TextOp[] {
  const result: TextOp[] = [];
  for (const op of ops) {
    const last = result.at(-1);
    const both = op.op === 'text.set' ? op : last && together(last, op);
    if (op.op === 'text.set') result.length = 0;
    else if (both) result.pop();
    result.push(both ?? op);
  }
  return result;
}

function together(first: TextOp, second: TextSplice): TextOp | undefined {
  if (first.op === 'text.splice') return joined(first, second);
  const applied = applyTextOp(first.value, second);
  return 'refused' in applied || applied.text === undefined ? undefined : { op: 'text.set', value: applied.text };
}

/** One splice in place of two, of which the second touches what the first has put there. */
function joined(first: TextSplice, second: TextSplice): TextSplice | undefined {
  const [start, end] = [first.at, first.at + first.inserted.length];
  const [from, to] = [second.at, second.at + second.removed.length];
  if (from > end || to < start) return undefined;
  const common = first.inserted.slice(Math.max(0, from - start), Math.max(0, to - start));
  if (common !== second.removed.slice(Math.max(0, start - from), Math.max(0, end - from))) return undefined;
  return {
    op: 'text.splice',
    at: Math.min(start, from),
    removed: second.removed.slice(0, Math.max(0, start - from)) + first.removed + second.removed.slice(Math.min(second.removed.length, end - from)),
    inserted:
      first.inserted.slice(0, Math.max(0, from - start)) + second.inserted + first.inserted.slice(Math.max(0, Math.min(first.inserted.length, to - start))),
  };
}
