import { assertNever } from '@pipewright/shared/assert-never.ts';
import { contentOf, type DraftContent, type DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import type { Draft, DraftEdit } from '@pipewright/shared/http/drafts.ts';
import type { ForeignOp } from '../model/overridden-ops.ts';
import { rekeyOps, type Renames } from '../model/rekey-ops.ts';
import type { DraftTransport, SendResult } from './draft-transport.ts';
import type { JournalRecord } from './journal-record.ts';
import { withConflicts } from './review-edits.ts';
import { type Mutation, type Rebased, startSync, takeDraft } from './sync-state.ts';
import { toKeptReview } from './to-journal-record.ts';

/** What became of the edits that a window had left. */
export interface Brought {
  /**
   * `settled`: they are on the server, or to be reviewed. `refused`: the server does not take them as they are; the rest
   * stands in the record. `unanswered`: nobody can say; to be tried again.
   */
  readonly outcome: 'settled' | 'refused' | 'unanswered';
  /** What is left of what the window had. */
  readonly record: JournalRecord;
  /** What others did meanwhile, as far as it is known. */
  readonly theirs: readonly ForeignOp[];
}

interface Ways {
  readonly transport: DraftTransport;
  /** Puts the record as it is by now on the device, before anything is sent that it does not tell of. */
  readonly keep: (record: JournalRecord) => Promise<void>;
}

/**
 * Sends what a window that is gone had not brought to the server, one request after the other, under the ids that they had:
 * those which did arrive count once. What others overtook is put on top of theirs and goes again under the same id. Once one
 * is not taken, those after it stay behind it.
 */
export async function bringToServer(left: JournalRecord, { transport, keep }: Ways): Promise<Brought> {
  let record = left;
  let theirs: readonly ForeignOp[] = [];
  /** Whether the operations were made, or made again, on what the server really holds. */
  let isFitted = false;
  for (let mutation = nextOf(record); mutation !== null; mutation = nextOf(record)) {
    const { clientId, revision } = record;
    const result = await transport.send({ clientId, mutationId: mutation.id, ops: [...mutation.ops], revision });
    if (result.kind === 'accepted') {
      record = { ...without(record, mutation), revision: result.accepted.revision };
      continue;
    }
    if (result.kind === 'unreachable') return { outcome: 'unanswered', record, theirs };
    if (result.kind !== 'conflict' && (isFitted || !mayFit(result))) return { outcome: 'refused', record, theirs };
    const draft = await transport.fetchDraft().catch(() => null);
    if (!draft) return { outcome: 'unanswered', record, theirs };
    if (result.kind === 'conflict') theirs = [...theirs, ...foreignIn(result.conflict.opsSince, clientId)];
    record = fittedTo(draft, record, theirs);
    isFitted = true;
    await keep(record);
  }
  return { outcome: 'settled', record, theirs };
}

/** Another try on top of what the server holds may help. */
function mayFit({ kind }: SendResult): boolean {
  switch (kind) {
    case 'conflict':
    case 'refused':
      return true;
    case 'accepted':
    case 'too-large':
    case 'archived':
    case 'unreachable':
      return false;
    default:
      return assertNever(kind);
  }
}

function nextOf({ inFlight, pending, pendingId }: JournalRecord): Mutation | null {
  if (inFlight && inFlight.ops.length > 0) return inFlight;
  return pending.length > 0 ? { id: pendingId, ops: pending } : null;
}

const without = (record: JournalRecord, { id }: Mutation): JournalRecord =>
  record.inFlight?.id === id ? { ...record, inFlight: null } : { ...record, inFlight: null, pending: [] };

/** Its edits on top of what the server holds; those that do not fit any more are to be reviewed. */
function fittedTo(draft: Draft, record: JournalRecord, theirs: readonly ForeignOp[]): JournalRecord {
  const { inFlight, pending } = record;
  const confirmed = { revision: draft.revision, content: contentOf(draft) };
  const rebased = takeDraft({ ...startSync(confirmed.revision, confirmed.content), inFlight, pending }, confirmed, theirs);
  const { state } = rebased;
  return {
    ...record,
    revision: draft.revision,
    inFlight: state.inFlight && { id: state.inFlight.id, ops: [...state.inFlight.ops] },
    pending: [...state.pending],
    ...historyUnder(record, rebased.renames),
    review: reviewWith(record, rebased, confirmed.content),
  };
}

function historyUnder({ history, redo }: JournalRecord, renames: Renames): Pick<JournalRecord, 'history' | 'redo'> {
  const rekey = (entry: JournalRecord['history'][number]) => ({ ...entry, ops: rekeyOps(entry.ops, renames), inverse: rekeyOps(entry.inverse, renames) });
  return { history: history.map(rekey), redo: redo.map(rekey) };
}

function reviewWith({ review }: JournalRecord, rebased: Rebased, content: DraftContent): JournalRecord['review'] {
  const { lost, overridden } = rebased;
  const before = review && { ...review, refusal: null };
  return toKeptReview(withConflicts(before, { lost, overridden }, content));
}

const foreignIn = (edits: readonly DraftEdit[], clientId: string): ForeignOp[] =>
  edits.filter((edit) => edit.clientId !== clientId).flatMap(({ ops, by }) => ops.map((op: DraftOp): ForeignOp => ({ op, by })));
