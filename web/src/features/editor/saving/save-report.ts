import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { OverriddenOp } from '../model/overridden-ops.ts';
import { sameProblems } from '../model/same-problems.ts';
import type { JournalRecord } from './journal-record.ts';
import { isPressing, together, withConflicts, withoutRefusal, withoutSettled, withRefusal } from './review-edits.ts';
import type { LostEdit, Review, SaveStatus, SaveView } from './save-view.ts';
import type { Rebased } from './sync-state.ts';

interface Standing {
  readonly revision: number;
  readonly isSynced: boolean;
  readonly isReadOnly: boolean;
  /** The server has not answered the last time. */
  readonly isSlow: boolean;
}

const othersKept = 50;

/** What a window says of its saving, and what it asks a person to look at. */
export class SaveReport {
  readonly view: StoreApi<SaveView>;
  readonly #standing: () => Standing;
  /** Windows whose edits are neither on the server nor in here yet. */
  readonly #awaited = new Set<string>();

  constructor(first: Pick<SaveView, 'revision' | 'problems'>, standing: () => Standing) {
    this.view = createStore<SaveView>()(() => ({ ...first, status: 'saved', review: null, isKept: true, others: [] }));
    this.#standing = standing;
  }

  get review(): Review | null {
    return this.view.getState().review;
  }

  /** As we stand now. */
  show(change: Partial<SaveView> = {}): void {
    const before = this.view.getState();
    const review = change.review === undefined ? before.review : change.review;
    const problems = sameProblems(before.problems, change.problems ?? before.problems);
    this.view.setState({ ...change, problems, revision: this.#standing().revision, status: this.#statusWith(review) });
  }

  setKept(isKept: boolean): void {
    if (isKept !== this.view.getState().isKept) this.view.setState({ isKept });
  }

  awaitEstate(clientId: string, isAwaited: boolean): void {
    if (isAwaited) this.#awaited.add(clientId);
    else this.#awaited.delete(clientId);
    this.show();
  }

  forgetOthers(): void {
    this.view.setState({ others: [] });
  }

  /** What others did; `mine` is what stood here before. */
  tellOthers({ foreign, lost, overridden }: Pick<Rebased, 'foreign' | 'lost' | 'overridden'>, mine: DraftContent): void {
    const { others } = this.view.getState();
    const review = withConflicts(this.review, { lost, overridden }, mine);
    if (foreign.length > 0) this.view.setState({ others: [...others, ...foreign.map((edit) => ({ ...edit, at: Date.now() }))].slice(-othersKept) });
    if (review !== this.review) this.show({ review });
  }

  addReview(left: NonNullable<JournalRecord['review']>): void {
    this.show({ review: together(this.review, left) });
  }

  settle(settled: ReadonlySet<LostEdit | OverriddenOp>): void {
    if (this.review) this.show({ review: withoutSettled(this.review, settled) });
  }

  refuse(message: string, mine: DraftContent): void {
    this.show({ review: withRefusal(this.review, message, mine) });
  }

  /** To try again what was refused settles nothing else. */
  endReview(): void {
    this.show({ review: this.review && this.review.refusal !== null ? withoutRefusal(this.review) : null });
  }

  #statusWith(review: Review | null): SaveStatus {
    const { isReadOnly, isSynced, isSlow } = this.#standing();
    if (isReadOnly) return 'read-only';
    if (review && isPressing(review)) return 'needs-review';
    if (this.#awaited.size > 0) return 'offline';
    if (isSynced) return 'saved';
    return isSlow ? 'offline' : 'saving';
  }
}
