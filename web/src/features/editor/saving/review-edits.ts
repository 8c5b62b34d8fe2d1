import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { keepStep } from '../model/kept-step.ts';
import type { OverriddenOp } from '../model/overridden-ops.ts';
import type { LostEdit, Review } from './save-view.ts';
import type { Rebased } from './sync-state.ts';

/** What is to be looked at after others' edits came in; the same as before where they took nothing and nothing went over theirs. */
export function withConflicts(review: Review | null, { lost, overridden }: Pick<Rebased, 'lost' | 'overridden'>, mine: DraftContent): Review | null {
  if (lost.length === 0 && overridden.length === 0) return review;
  const edits = lost.map((edit): LostEdit => ({ ...edit, step: 'step' in edit.op ? keepStep(mine, edit.op.step) : null }));
  return {
    lost: [...(review?.lost ?? []), ...edits],
    overridden: [...(review?.overridden ?? []), ...overridden],
    mine: review?.mine ?? mine,
    refusal: review?.refusal ?? null,
  };
}

/** What is left once somebody has decided about some of it; null: nothing. */
export function withoutSettled(review: Review, settled: ReadonlySet<LostEdit | OverriddenOp>): Review | null {
  const lost = review.lost.filter((edit) => !settled.has(edit));
  const overridden = review.overridden.filter((edit) => !settled.has(edit));
  return lost.length === 0 && overridden.length === 0 && review.refusal === null ? null : { ...review, lost, overridden };
}

/** What stands as we put it is worth a look, and safe. */
export const isPressing = ({ lost, refusal }: Review): boolean => lost.length > 0 || refusal !== null;
