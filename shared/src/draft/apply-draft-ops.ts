import { applyOp } from './apply-op.ts';
import { DraftInWork } from './draft-in-work.ts';
import type { DraftContent, DraftOp } from './draft-op.ts';

export type AppliedOps =
  /** `inverse` undoes all of it when applied in its order. */
  { readonly ok: true; readonly content: DraftContent; readonly inverse: DraftOp[] } | { readonly ok: false; readonly index: number; readonly message: string };

/**
 * The only way in which a draft changes, on both ends. All or nothing; what an operation does not touch keeps its
 * identity, so a canvas redraws only what changed.
 */
export function applyDraftOps(content: DraftContent, ops: readonly DraftOp[]): AppliedOps {
  const [only] = ops;
  if (only && ops.length === 1) {
    const applied = applyOp(content, only);
    return 'refused' in applied ? { ok: false, index: 0, message: applied.refused } : { ok: true, ...applied };
  }
  const work = new DraftInWork(content);
  for (const [index, op] of ops.entries()) {
    const applied = work.apply(op);
    if ('refused' in applied) return { ok: false, index, message: applied.refused };
  }
  return { ok: true, content: work.content, inverse: work.inverse };
}
