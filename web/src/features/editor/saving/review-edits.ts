import { targetOf } from '@pipewright/shared/draft/op-target.ts';
import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { keepStep } from '../model/kept-step.ts';
import type { OverriddenOp } from '../model/overridden-ops.ts';
import type { LostEdit, Review } from './save-view.ts';
import type { Rebased } from './sync-state.ts';

type Edits = Pick<Review, 'lost' | 'overridden'>;

/** What is to be looked at after others' edits came in; the same as before where they took nothing and nothing went over theirs. */
export function withConflicts(review: Review | null, { lost, overridden }: Pick<Rebased, 'lost' | 'overridden'>, mine: DraftContent): Review | null {
  const edits = lost.map((edit): LostEdit => ({ ...edit, step: 'step' in edit.op ? keepStep(mine, edit.op.step) : null }));
  return together(review, { lost: edits, overridden, mine });
}

/** With what another window had to review: nothing that nobody has looked at is put away. */
export function together(review: Review | null, { lost, overridden, mine }: Pick<Review, 'lost' | 'overridden' | 'mine'>): Review | null {
  if (lost.length === 0 && overridden.length === 0) return review;
  return {
    lost: [...(review?.lost ?? []), ...lost],
    overridden: newestReports([...(review?.overridden ?? []), ...overridden]),
    mine: review?.mine ?? mine,
    refusal: review?.refusal ?? null,
  };
}

/** The server does not take what is here; what was to be looked at before still is. */
export function withRefusal(review: Review | null, refusal: string, mine: DraftContent): Review {
  return { lost: review?.lost ?? [], overridden: review?.overridden ?? [], mine, refusal };
}

/** Without the refusal: what else there was stays. */
export const withoutRefusal = (review: Review): Review | null => (isEmpty(review) ? null : { ...review, refusal: null });

const isEmpty = ({ lost, overridden }: Edits): boolean => lost.length === 0 && overridden.length === 0;

/** Of one place the last report says what stands there by now. */
function newestReports(overridden: readonly OverriddenOp[]): OverriddenOp[] {
  const byPlace = new Map<string, OverriddenOp>();
  for (const report of overridden) {
    const place = targetOf(report.op);
    byPlace.delete(place);
    byPlace.set(place, report);
  }
  return [...byPlace.values()];
}

/** What is left once somebody has decided about some of it; null: nothing. */
export function withoutSettled(review: Review, settled: ReadonlySet<LostEdit | OverriddenOp>): Review | null {
  const lost = review.lost.filter((edit) => !settled.has(edit));
  const overridden = review.overridden.filter((edit) => !settled.has(edit));
  return isEmpty({ lost, overridden }) && review.refusal === null ? null : { ...review, lost, overridden };
}

/** What stands as we put it is worth a look, and safe. */
export const isPressing = ({ lost, refusal }: Review): boolean => lost.length > 0 || refusal !== null;
