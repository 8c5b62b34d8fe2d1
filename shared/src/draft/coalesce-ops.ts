import type { DraftOp } from './draft-op.ts';
import { isSetter, targetOf } from './op-target.ts';
import { coalesceTextOps, isTextOp } from './text-ops.ts';

/**
 * The same effect in fewer operations: of several values put in the same place one after the other, only the last. A
 * run of such folds ends at an operation that adds, removes, renames or moves something, because places get another meaning
 * there; and an input of the pipeline that was taken away and is put back stands at the end, so that both are told. What is
 * done to the text touches nothing else, and comes last.
 */
export function coalesceOps(ops: readonly DraftOp[]): DraftOp[] {
  const result: DraftOp[] = [];
  let placed = new Map<string, number>();
  for (const op of ops) {
    if (isTextOp(op)) continue;
    if (!isSetter(op)) {
      result.push(op);
      placed = new Map();
      continue;
    }
    const target = targetOf(op);
    const at = placed.get(target);
    const before = at === undefined ? undefined : result[at];
    if (at === undefined || (before && isPortTaken(before) && !isPortTaken(op))) placed.set(target, result.push(op) - 1);
    else result[at] = op;
  }
  return [...result, ...coalesceTextOps(ops.filter(isTextOp))];
}

const isPortTaken = (op: DraftOp): boolean => (op.op === 'pipeline.setInput' || op.op === 'pipeline.setOutput') && op.value === undefined;
