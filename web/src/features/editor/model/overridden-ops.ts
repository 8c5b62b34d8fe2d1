import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { isSetter, targetOf } from '@pipewright/shared/draft/op-target.ts';
import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';

/** Something that somebody else did; null: nobody knows who. */
export interface ForeignOp {
  readonly op: DraftOp;
  readonly by: string | null;
}

/** An edit of mine that went over what somebody else put in the same place meanwhile. */
export interface OverriddenOp {
  readonly op: DraftOp;
  readonly theirs: DraftOp;
  readonly by: string | null;
}

/** Where a step stands nobody is asked about, and a text is brought together line by line. */
const lightOps: ReadonlySet<DraftOp['op']> = new Set(['layout.move', 'note.set', 'group.set', 'text.set']);

/** Which of my operations, that go on top of others', put another value in a place where they put one. */
export function overriddenOps(mine: readonly DraftOp[], theirs: readonly ForeignOp[]): OverriddenOp[] {
  const placed = new Map(theirs.filter(({ op }) => isWeighty(op)).map((foreign) => [targetOf(foreign.op), foreign]));
  if (placed.size === 0) return [];
  return mine.filter(isWeighty).flatMap((op): OverriddenOp[] => {
    const foreign = placed.get(targetOf(op));
    return foreign && canonicalJson(foreign.op) !== canonicalJson(op) ? [{ op, theirs: foreign.op, by: foreign.by }] : [];
  });
}

const isWeighty = (op: DraftOp): boolean => isSetter(op) && !lightOps.has(op.op);
