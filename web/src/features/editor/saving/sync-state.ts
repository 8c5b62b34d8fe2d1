import { applyDraftOps } from '@pipewright/shared/draft/apply-draft-ops.ts';
import { coalesceOps } from '@pipewright/shared/draft/coalesce-ops.ts';
import { diffContent } from '@pipewright/shared/draft/diff-content.ts';
import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { rebaseOps } from '@pipewright/shared/draft/rebase-ops.ts';
import type { DraftEdit } from '@pipewright/shared/http/drafts.ts';
import { type ForeignOp, type OverriddenOp, overriddenOps } from '../model/overridden-ops.ts';
import { avoidCollisions, rekeyOps, type Renames, renamesIn } from '../model/rekey-ops.ts';

/**
 * Where a draft stands between this window and the server. Pure: requests, timers and the journal are others' business.
 *
 * What the user sees is always `confirmed`, then what is on its way, then what waits:
 *
 *     confirmed (the server's, at its revision)  +  inFlight (sent, not answered)  +  pending (not sent)
 *
 * An answer moves `inFlight` into `confirmed`. Somebody else's edit goes under ours: it is applied to `confirmed`, and
 * ours are replayed on top; the last writer of a place wins, and we write last. What cannot be replayed is handed out,
 * never dropped.
 *
 * An edit keeps the id that it once had: what is on its way is replayed under the same one, and what waits never moves
 * into it. So a record of an earlier moment, sent again by whoever finds it, does nothing twice.
 */
export interface SyncState {
  readonly confirmed: { readonly revision: number; readonly content: DraftContent };
  readonly inFlight: Mutation | null;
  readonly pending: readonly DraftOp[];
}

/** The operations of one request; repeated under the same id they count once. */
export interface Mutation {
  readonly id: string;
  readonly ops: readonly DraftOp[];
}

export interface LostOp {
  readonly op: DraftOp;
  readonly message: string;
  /** Who took its place away; null where nobody knows. */
  readonly by: string | null;
}

/** A state after news from the server, with what the user should see now. */
export interface Rebased {
  readonly state: SyncState;
  readonly content: DraftContent;
  readonly lost: readonly LostOp[];
  /** What of ours went over theirs. */
  readonly overridden: readonly OverriddenOp[];
  /** What others did. */
  readonly foreign: readonly ForeignOp[];
  /** Steps that go by other keys now: ours that collided, and those that others renamed. */
  readonly renames: Renames;
}

/** More than this in one request is cut, so that no body grows beyond what the server takes. */
const mostOpsPerRequest = 1000;

export function startSync(revision: number, content: DraftContent): SyncState {
  return { confirmed: { revision, content }, inFlight: null, pending: [] };
}

export const isSynced = (state: SyncState): boolean => state.inFlight === null && state.pending.length === 0;

/** Nothing that waits would stay behind. */
export const fitsOneRequest = (state: SyncState): boolean => state.pending.length <= mostOpsPerRequest;

export function addLocal(state: SyncState, ops: readonly DraftOp[]): SyncState {
  return { ...state, pending: coalesceOps([...state.pending, ...ops]) };
}

/** Takes the next request out of what waits. Only when nothing is on its way. */
export function takeNext(state: SyncState, id: string): { readonly state: SyncState; readonly mutation: Mutation } | null {
  if (state.inFlight !== null || state.pending.length === 0) return null;
  const mutation: Mutation = { id, ops: state.pending.slice(0, mostOpsPerRequest) };
  return { state: { ...state, inFlight: mutation, pending: state.pending.slice(mostOpsPerRequest) }, mutation };
}

/** The server has applied what was on its way: it stands at this revision now. `gap`: what we hold is not what it holds. */
export function confirm(state: SyncState, revision: number, taken: readonly DraftOp[] = state.inFlight?.ops ?? []): SyncState | 'gap' {
  if (state.inFlight === null) return state;
  const applied = applyDraftOps(state.confirmed.content, taken);
  return applied.ok ? { ...state, confirmed: { revision, content: applied.content }, inFlight: null } : 'gap';
}

/** The server will never take it as it is: it waits again, before everything else, and will be sent under another id. */
export function giveBack(state: SyncState): SyncState {
  if (state.inFlight === null) return state;
  return { ...state, inFlight: null, pending: coalesceOps([...state.inFlight.ops, ...state.pending]) };
}

/** What is on its way is more than the server takes at once: half of it waits again. Null where it cannot be halved. */
export function halve(state: SyncState): SyncState | null {
  const { inFlight, pending } = state;
  if (inFlight === null || inFlight.ops.length <= 1) return null;
  const half = Math.ceil(inFlight.ops.length / 2);
  return { ...state, inFlight: { id: inFlight.id, ops: inFlight.ops.slice(0, half) }, pending: [...inFlight.ops.slice(half), ...pending] };
}

/**
 * Takes in edits of the server's log, in order. Those already known are passed over; our own, which come back as well,
 * confirm what is on its way. Where somebody else's stands at the next revision, ours on its way cannot have been taken:
 * it goes again, on top. Answers `gap` when edits in between are missing.
 */
export function takeEdits(state: SyncState, edits: readonly DraftEdit[]): Rebased | 'gap' {
  let current = state;
  const foreign: ForeignOp[] = [];
  for (const edit of edits) {
    if (edit.revision <= current.confirmed.revision) continue;
    if (edit.revision !== current.confirmed.revision + 1) return 'gap';
    if (edit.mutationId === current.inFlight?.id) {
      const confirmed = confirm(current, edit.revision, edit.ops);
      if (confirmed === 'gap') return 'gap';
      current = confirmed;
      continue;
    }
    const applied = applyDraftOps(current.confirmed.content, edit.ops);
    // The log did apply on the server; if it does not here, what we hold is not what the server holds.
    if (!applied.ok) return 'gap';
    current = { ...current, confirmed: { revision: edit.revision, content: applied.content } };
    foreign.push(...edit.ops.map((op): ForeignOp => ({ op, by: edit.by })));
  }
  return replay(current, foreign, renamesIn(foreign.map(({ op }) => op)));
}

/**
 * The server's state as a whole, when its edits since are no longer kept. Only where what is on its way is known not to be
 * in it: otherwise that is done twice. What others did shows in what is different, unless it is known from elsewhere.
 */
export function takeDraft(state: SyncState, draft: SyncState['confirmed'], known?: readonly ForeignOp[]): Rebased {
  const foreign = known ?? (isSynced(state) ? [] : differenceOf(state.confirmed.content, draft.content));
  return replay({ ...state, confirmed: draft }, foreign, renamesIn((known ?? []).map(({ op }) => op)));
}

function differenceOf(before: DraftContent, after: DraftContent): ForeignOp[] {
  const diff = before === after ? null : diffContent(before, after);
  return diff?.ok ? diff.ops.map((op) => ({ op, by: null })) : [];
}

/** Ours on top of what is confirmed, following others' renames; what does not apply any more is handed over. */
function replay(state: SyncState, foreign: readonly ForeignOp[], theirs: Renames): Rebased {
  const onItsWay = state.inFlight?.ops ?? [];
  const { ops, renames: mine } = avoidCollisions(state.confirmed.content, rekeyOps([...onItsWay, ...state.pending], theirs));
  const sent = rebaseOps(state.confirmed.content, ops.slice(0, onItsWay.length));
  const waiting = rebaseOps(sent.content, ops.slice(onItsWay.length));
  return {
    state: { ...state, inFlight: state.inFlight && sent.ops.length > 0 ? { id: state.inFlight.id, ops: sent.ops } : null, pending: waiting.ops },
    content: waiting.content,
    lost: [...sent.lost, ...waiting.lost].map((lost) => ({ ...lost, by: remover(foreign, lost.op) })),
    overridden: overriddenOps([...sent.ops, ...waiting.ops], foreign),
    foreign,
    renames: new Map([...theirs, ...mine]),
  };
}

/** Who removed the step that an operation was about. */
function remover(foreign: readonly ForeignOp[], lost: DraftOp): string | null {
  return foreign.findLast(({ op }) => op.op === 'step.remove' && 'step' in lost && op.step === lost.step)?.by ?? null;
}
