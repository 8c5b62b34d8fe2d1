import { DraftInWork } from './draft-in-work.ts';
import type { DraftContent, DraftOp } from './draft-op.ts';
import { placedAs } from './text-ops.ts';

export interface RebasedOps {
  readonly content: DraftContent;
  /** What of mine still applies, in order. */
  readonly ops: DraftOp[];
  /** What does not, and why: to be shown, never dropped silently. */
  readonly lost: { readonly op: DraftOp; readonly message: string }[];
}

/**
 * My unsent edits on top of what others did meanwhile. The last writer of a place wins, and I write last; what has lost
 * its step (somebody removed or renamed it) or its name (somebody took it) cannot be replayed.
 */
export function rebaseOps(content: DraftContent, mine: readonly DraftOp[]): RebasedOps {
  const work = new DraftInWork(content);
  const ops: DraftOp[] = [];
  const lost: { op: DraftOp; message: string }[] = [];
  for (const op of mine) {
    const applied = work.apply(op);
    if ('refused' in applied) lost.push({ op, message: applied.refused });
    else ops.push(placedAs(op, applied.inverse[0]));
  }
  return { content: work.content, ops, lost };
}
