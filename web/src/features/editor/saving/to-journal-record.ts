import type { HistoryEntry } from '../model/travel.ts';
import type { EditorState } from '../store/editor-state.ts';
import type { JournalRecord } from './journal-record.ts';
import type { LostEdit, Review } from './save-view.ts';
import type { SyncState } from './sync-state.ts';

interface Kept {
  readonly draftId: string;
  readonly clientId: string;
  /** Under which the next request goes out. */
  readonly nextId: string;
  readonly sync: SyncState;
  readonly editor: Pick<EditorState, 'undoEntries' | 'redoEntries' | 'unreadText'>;
  readonly review: Review | null;
}

/** Everything of a window that must outlive it. */
export function toJournalRecord({ draftId, clientId, nextId, sync: { inFlight, pending, confirmed }, editor, review }: Kept): JournalRecord {
  return {
    draftId,
    clientId,
    revision: confirmed.revision,
    inFlight: inFlight && { id: inFlight.id, ops: [...inFlight.ops] },
    pending: [...pending],
    pendingId: nextId,
    history: editor.undoEntries.map(toKept),
    redo: editor.redoEntries.map(toKept),
    review: toKeptReview(review),
    unreadText: editor.unreadText,
    writtenAt: Date.now(),
  };
}

const toKept = (entry: HistoryEntry): JournalRecord['history'][number] => ({ ...entry, ops: [...entry.ops], inverse: [...entry.inverse] });

/** Null where nothing of it is left to look at: that the server refused something shows again when it is sent again. */
export function toKeptReview(review: Review | null): JournalRecord['review'] {
  if (!review || review.lost.length + review.overridden.length === 0) return null;
  return { mine: review.mine, overridden: [...review.overridden], lost: review.lost.map(toUnreviewed) };
}

const toUnreviewed = ({ step, ...edit }: LostEdit): NonNullable<JournalRecord['review']>['lost'][number] => ({
  ...edit,
  step: step && { ...step, readers: [...step.readers] },
});
