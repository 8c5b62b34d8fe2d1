import { assertNever } from '@pipewright/shared/assert-never.ts';
import { contentOf, type DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import type { DraftEdit } from '@pipewright/shared/http/drafts.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { sameProblems } from '../model/same-problems.ts';
import type { OverriddenOp } from '../model/overridden-ops.ts';
import type { EditorStore } from '../store/create-editor-store.ts';
import type { EditPace, LocalEdit } from '../store/document-slice.ts';
import { type DraftTransport, isUnreadable, type SendResult } from './draft-transport.ts';
import type { Claim, Journal, JournalRecord } from './journal.ts';
import { JournalWriter } from './journal-writer.ts';
import { isPressing, withConflicts, withoutSettled } from './review-edits.ts';
import type { Adopted, Flushed, LostEdit, Review, SaveView } from './save-view.ts';
import { addLocal, confirm, giveBack, isSynced, type Mutation, type Rebased, startSync, type SyncState, takeDraft, takeEdits, takeNext } from './sync-state.ts';
import { toJournalRecord } from './to-journal-record.ts';

interface SaverOptions {
  readonly store: EditorStore;
  readonly transport: DraftTransport;
  readonly journal: Journal;
  readonly clientId: string;
  readonly revision: number;
  readonly problems: readonly Problem[];
}

const paceMs = { gesture: 100, typing: 400 } as const satisfies Record<EditPace, number>;
const longestWaitMs = 2000;
const firstRetryMs = 1000;
const lastRetryMs = 30_000;
const othersKept = 50;

/**
 * Saves one draft of one window, and takes in what others do to it.
 *
 * Modes: *idle* (synced) → *waiting* (a timer runs) → *sending* (one request) → idle, or waiting again when more came.
 * A request without an answer leads to *offline*: a longer timer, then the same mutation again. A refusal that more
 * trying cannot mend ends the sending (*given up*); everything stays in the journal, and the person is asked.
 */
export class DraftSaver implements Disposable {
  readonly view: StoreApi<SaveView>;
  readonly #store: EditorStore;
  readonly #transport: DraftTransport;
  readonly #clientId: string;
  readonly #journal: JournalWriter;
  readonly #unsubscribe: () => void;
  readonly #claim: Claim;
  readonly #waiters = new Set<(result: Flushed) => void>();
  #sync: SyncState;
  /** The next request goes out under this; decided before it is sent, so that the journal knows it. */
  #nextId: string = crypto.randomUUID();
  #isSending = false;
  #isGivenUp = false;
  #isDisposed = false;
  #retryMs = firstRetryMs;
  #oldestEditAt: number | null = null;
  /** Where edits come from that the server does not have yet. */
  #adopted: readonly JournalRecord[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor({ store, transport, journal, clientId, revision, problems }: SaverOptions) {
    const { content, draftId } = store.getState();
    this.#store = store;
    this.#transport = transport;
    this.#clientId = clientId;
    this.#sync = startSync(revision, content);
    this.view = createStore<SaveView>()(() => ({ status: 'saved', revision, problems, review: null, isKept: true, others: [] }));
    this.#journal = new JournalWriter(
      journal,
      () => this.#toRecord(draftId),
      (isKept) => isKept === this.view.getState().isKept || this.view.setState({ isKept }),
    );
    this.#unsubscribe = store.subscribe((state, before) => {
      if (state.lastEdit !== before.lastEdit && state.lastEdit) this.#handleEdit(state.lastEdit);
      if (state.unreadText !== before.unreadText) this.#journal.writeSoon();
    });
    this.#claim = journal.claim(draftId, clientId);
  }

  /** Sends what waits; answers when the server has everything that stood here at the call. */
  flush(): Promise<Flushed> {
    const refusal = this.view.getState().review?.refusal ?? null;
    if (refusal !== null) return Promise.resolve({ ok: false, message: refusal });
    if (isSynced(this.#sync)) return Promise.resolve({ ok: true, revision: this.#sync.confirmed.revision });
    return new Promise((resolve) => {
      this.#waiters.add(resolve);
      if (!this.#isSending) this.#schedule(0);
    });
  }

  /** Tries at once, because the connection is said to be back. */
  retryNow(): void {
    if (!isSynced(this.#sync) && !this.#isSending) this.#schedule(0);
  }

  /** Resolves when what is not on the server is on this device, as far as that can be. */
  keep(): Promise<void> {
    return this.#journal.flush();
  }

  /** What windows that are gone left behind is all in here: this window's record takes the place of theirs. */
  replace(clientIds: readonly string[]): Promise<void> {
    this.#journal.replace(clientIds);
    return this.keep();
  }

  /** The last words of a page that goes: everything that fits, without waiting. */
  sendLastWords(): void {
    void this.keep();
    if (!isSynced(this.#sync)) void this.#send();
  }

  /** The page is being left; or it came back. */
  markLeft(isLeft: boolean): void {
    this.#claim.markLeft(isLeft);
  }

  /** The page shows something else now: what waits goes out, and what cannot stays in the journal. */
  async close(): Promise<void> {
    await this.keep();
    await this.flush();
    this[Symbol.dispose]();
  }

  /** The page would take with it what is nowhere else. */
  get wouldLose(): boolean {
    return !isSynced(this.#sync) && !this.view.getState().isKept;
  }

  /** What an earlier window left to look at. */
  restoreReview(review: Pick<Review, 'lost' | 'overridden' | 'mine'>): void {
    this.#show({ review: { ...review, refusal: null } });
  }

  /** The person has decided about some of it; with the last of them the review is over. */
  settle(settled: ReadonlySet<LostEdit | OverriddenOp>): void {
    const { review } = this.view.getState();
    if (review) this.#show({ review: withoutSettled(review, settled) });
    this.#journal.writeSoon();
  }

  /** What others did has been seen. */
  forgetOthers(): void {
    this.view.setState({ others: [] });
  }

  /** The person has seen what there was to review, and goes on. */
  endReview(): void {
    this.#isGivenUp = false;
    this.#show({ review: null });
    this.#journal.writeSoon();
    if (!isSynced(this.#sync)) this.#schedule(0);
  }

  /** Edits that earlier windows left behind, on top of what the server has now; they go out as this window's. */
  adopt(ops: readonly DraftOp[], { from, theirs }: Adopted): void {
    const { confirmed } = this.#sync;
    this.#adopted = from;
    this.#takeOver(takeDraft(addLocal(this.#sync, ops), confirmed, theirs));
    this.#journal.writeSoon();
    this.#schedule(0);
  }

  /** Edits of the server's log, as the socket tells them. */
  receive(edits: readonly DraftEdit[]): void {
    const rebased = takeEdits(this.#sync, edits);
    if (rebased === 'gap') return void this.resync();
    // Where only our own came back, what is seen here has them already: nothing is drawn anew.
    if (rebased.foreign.length === 0) this.#sync = rebased.state;
    else this.#takeOver(rebased);
    this.#journal.writeSoon();
    this.#goOn();
  }

  /** Reads the draft anew, when edits in between are gone. False without an answer: the next edit or the next connection asks again. */
  async resync(): Promise<boolean> {
    const fresh = await this.#transport.fetchDraft().catch((error: unknown) => (isUnreadable(error) ? 'unreadable' : null));
    if (this.#isDisposed || fresh === null) return false;
    if (fresh === 'unreadable') {
      this.#giveUp('A newer version of Pipewright has changed this draft in a way that this page cannot read. Reload the page.');
      return true;
    }
    if (fresh.revision < this.#sync.confirmed.revision) return false;
    this.#store.getState().learnComponents(fresh.components);
    this.#takeOver(takeDraft(this.#sync, { revision: fresh.revision, content: contentOf(fresh) }));
    this.#show({ problems: fresh.problems });
    this.#journal.writeSoon();
    this.#goOn();
    return true;
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#unsubscribe();
    this.#claim.release();
    this.#journal[Symbol.dispose]();
    clearTimeout(this.#timer);
    this.#answer({ ok: false, message: 'The draft was closed.' });
  }

  #handleEdit({ ops, pace }: LocalEdit): void {
    this.#sync = addLocal(this.#sync, ops);
    const now = performance.now();
    this.#oldestEditAt ??= now;
    const isOnline = this.#retryMs === firstRetryMs;
    if (!this.#isSending && isOnline) this.#schedule(Math.max(0, Math.min(paceMs[pace], this.#oldestEditAt + longestWaitMs - now)));
    this.#journal.writeSoon();
    this.#show();
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#isDisposed && !this.#isGivenUp) this.#timer = setTimeout(() => void this.#send(), ms);
  }

  async #send(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#isSending || this.#isGivenUp || this.#isDisposed) return;
    const mutation = this.#nextMutation();
    if (!mutation) {
      this.#goOn();
      return;
    }
    this.#isSending = true;
    this.#oldestEditAt = null;
    const { revision } = this.#sync.confirmed;
    this.#show();
    const result = await this.#transport.send({ clientId: this.#clientId, mutationId: mutation.id, ops: [...mutation.ops], revision });
    this.#isSending = false;
    if (!this.#isDisposed) await this.#handleResult(result, mutation);
  }

  /** What was sent and not answered goes again under its id; otherwise what waits becomes a mutation. */
  #nextMutation(): Mutation | null {
    if (this.#sync.inFlight) return this.#sync.inFlight;
    const taken = takeNext(this.#sync, this.#nextId);
    if (!taken) return null;
    this.#sync = taken.state;
    this.#nextId = crypto.randomUUID();
    this.#journal.writeSoon();
    return taken.mutation;
  }

  async #handleResult(result: SendResult, mutation: Mutation): Promise<void> {
    if (result.kind === 'unreachable') {
      this.#waitLonger();
      return;
    }
    this.#retryMs = firstRetryMs;
    switch (result.kind) {
      case 'accepted':
        await this.#handleAccepted(result.accepted.revision, mutation);
        this.#show({ problems: result.accepted.problems });
        break;
      case 'conflict': {
        const rebased = result.conflict.full ? 'gap' : takeEdits(this.#sync, result.conflict.opsSince);
        // Refused, and yet nobody was first as far as we know: what we hold is not what the server holds.
        if (rebased !== 'gap' && rebased.state.inFlight?.id !== mutation.id) this.#takeOver(rebased);
        else if (!(await this.resync())) {
          this.#waitLonger();
          return;
        }
        break;
      }
      case 'too-large':
        this.#split(mutation);
        break;
      case 'archived':
        this.#store.getState().setReadOnly(true);
        this.#giveUp(result.message);
        break;
      case 'refused':
        this.#giveUp(result.message);
        break;
      default:
        assertNever(result);
    }
    this.#journal.writeSoon();
    this.#goOn();
  }

  async #handleAccepted(revision: number, mutation: Mutation): Promise<void> {
    // The socket may have told it first.
    if (this.#sync.inFlight?.id !== mutation.id) return;
    if (revision === this.#sync.confirmed.revision + 1) {
      this.#sync = confirm(this.#sync, revision);
      return;
    }
    this.#sync = { ...this.#sync, inFlight: null };
    await this.resync();
  }

  /** Offline, or the server restarts: the same mutation again, later and later. */
  #waitLonger(): void {
    this.#schedule(this.#retryMs);
    this.#retryMs = Math.min(lastRetryMs, this.#retryMs * 2);
    this.#show();
    const place = this.view.getState().isKept ? 'Your edits are kept on this device.' : 'Your edits are in this window only: leave it open.';
    this.#answer({ ok: false, message: `The server does not answer. ${place}` });
  }

  #split(mutation: Mutation): void {
    if (mutation.ops.length <= 1) {
      this.#giveUp('One change is larger than the server takes.');
      return;
    }
    const half = Math.ceil(mutation.ops.length / 2);
    const [first, rest] = [mutation.ops.slice(0, half), mutation.ops.slice(half)];
    // Another id: what was refused under the old one was something else.
    this.#sync = { ...this.#sync, inFlight: { id: crypto.randomUUID(), ops: first }, pending: [...rest, ...this.#sync.pending] };
  }

  #giveUp(refusal: string): void {
    this.#isGivenUp = true;
    this.#sync = giveBack(this.#sync);
    this.#show({ review: { lost: [], overridden: [], mine: this.#store.getState().content, refusal } });
    this.#answer({ ok: false, message: refusal });
  }

  #takeOver(rebased: Rebased): void {
    const mine = this.#store.getState().content;
    this.#sync = rebased.state;
    this.#store.getState().takeOver(rebased.content, rebased.renames);
    if (rebased.foreign.length > 0) {
      this.view.setState(({ others }) => ({ others: [...others, ...rebased.foreign.map((foreign) => ({ ...foreign, at: Date.now() }))].slice(-othersKept) }));
    }
    const { review } = this.view.getState();
    const next = withConflicts(review, rebased, mine);
    if (next !== review) this.#show({ review: next });
  }

  /** After any news: says where we stand, and sends on if something waits. */
  #goOn(): void {
    // Others' edits may have left nothing of ours to send while we waited to try again: the next edit is not to wait for that.
    if (isSynced(this.#sync)) this.#retryMs = firstRetryMs;
    this.#show();
    if (isSynced(this.#sync)) {
      this.#answer({ ok: true, revision: this.#sync.confirmed.revision });
      if (this.#adopted.length > 0) void this.#journal.takeEditsOut(this.#adopted);
      this.#adopted = [];
    } else if (!this.#isSending && this.#retryMs === firstRetryMs) this.#schedule(0);
  }

  #answer(result: Flushed): void {
    for (const resolve of this.#waiters) resolve(result);
    this.#waiters.clear();
  }

  #show(change: Partial<SaveView> = {}): void {
    const before = this.view.getState();
    const review = change.review === undefined ? before.review : change.review;
    const problems = sameProblems(before.problems, change.problems ?? before.problems);
    this.view.setState({ ...change, problems, revision: this.#sync.confirmed.revision, status: this.#statusWith(review) });
  }

  #statusWith(review: Review | null): SaveView['status'] {
    if (this.#store.getState().isReadOnly) return 'read-only';
    if (review && isPressing(review)) return 'needs-review';
    if (isSynced(this.#sync)) return 'saved';
    return this.#retryMs > firstRetryMs ? 'offline' : 'saving';
  }

  #toRecord(draftId: string): JournalRecord {
    const { review } = this.view.getState();
    return toJournalRecord({ draftId, clientId: this.#clientId, nextId: this.#nextId, sync: this.#sync, editor: this.#store.getState(), review });
  }
}
