import { coalesceOps } from '@pipewright/shared/draft/coalesce-ops.ts';
import { DraftInWork } from '@pipewright/shared/draft/draft-in-work.ts';
import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { isSetter, targetOf } from '@pipewright/shared/draft/op-target.ts';
import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';

/** What somebody did, and what takes it back. */
export interface Undoable {
  readonly ops: readonly DraftOp[];
  readonly inverse: readonly DraftOp[];
}

export interface Undone {
  readonly content: DraftContent;
  /** What was applied to undo, and what takes that back again. */
  readonly ops: DraftOp[];
  readonly inverse: DraftOp[];
}

/**
 * Takes an edit back where its places still hold what it put there; what somebody else has changed since stays as they
 * left it. Null when nothing of it can be taken back.
 */
export function undoOps(content: DraftContent, edit: Undoable): Undone | null {
  const expected = new Map(edit.ops.filter(isSetter).map((op) => [targetOf(op), canonicalJson(op)]));
  const added = edit.ops.flatMap((op) => (op.op === 'step.add' ? [op.value] : []));
  const work = new DraftInWork(content);
  const ops: DraftOp[] = [];
  for (const op of edit.inverse) {
    const place = targetOf(op);
    const ours = expected.get(place);
    let isOurs = true;
    const applied = work.apply(op, ([found]) => {
      // The inverse of a setter holds the value that stood there: ours, or somebody else's.
      isOurs = isSetter(op) ? ours === undefined || !found || canonicalJson(found) === ours : !isAnother(found, added);
      return isOurs;
    });
    if ('refused' in applied || !isOurs) continue;
    // Of several values that it put in one place the earlier ones come back one after the other.
    if (ours !== undefined) expected.set(place, canonicalJson(op));
    ops.push(op);
  }
  return ops.length === 0 ? null : { content: work.content, ops, inverse: work.inverse };
}

/** The step that was added goes by another key, as others renamed it while nobody was here; this one has taken its key since. */
function isAnother(found: DraftOp | undefined, added: readonly Step[]): boolean {
  return found?.op === 'step.add' && added.length > 0 && !added.some((value) => workOf(value) === workOf(found.value));
}

const workOf = ({ component, command }: Step): string => canonicalJson([component ?? null, command ?? null]);

/** One gesture, one entry: later edits of it join the first. The oldest value of a place is the one to come back to. */
export function foldEdits(earlier: Undoable, later: Undoable): Undoable {
  return {
    ops: coalesceOps([...earlier.ops, ...later.ops]),
    inverse: coalesceOps([...later.inverse, ...earlier.inverse]),
  };
}
