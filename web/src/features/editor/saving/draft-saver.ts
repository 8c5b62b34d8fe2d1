import { assertNever } from '@pipewright/shared/assert-never.ts';
import { contentOf } from '@pipewright/shared/draft/draft-op.ts';
import type { DraftEdit } from '@pipewright/shared/http/drafts.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import type { StoreApi } from 'zustand/vanilla';
import type { OverriddenOp } from '../model/overridden-ops.ts';
import type { EditorStore } from '../store/create-editor-store.ts';
import type { LocalEdit } from '../store/document-slice.ts';
import type { Brought } from './bring-to-server.ts';
import { Callers } from './callers.ts';
import { type DraftTransport, isUnreadable, type SendResult } from './draft-transport.ts';
import { type Inherited, inheritInto } from './inherit-into.ts';
import type { Journal } from './journal.ts';
import type { JournalRecord } from './journal-record.ts';
import { JournalWriter } from './journal-writer.ts';
import { Outbox } from './outbox.ts';
import { SaveReport } from './save-report.ts';
import type { Flushed, LostEdit, SaveView } from './save-view.ts';
import { addLocal, confirm, giveBack, halve, isSynced, type Rebased, startSync } from './sync-state.ts';
import { type SyncState, takeDraft, takeEdits } from './sync-state.ts';
import { toJournalRecord } from './to-journal-record.ts';
import { TurnTimer } from './turn-timer.ts';
import type { Claim } from './window-locks.ts';

interface SaverOptions {
  readonly store: EditorStore;
  readonly transport: DraftTransport;
  readonly journal: Journal;
  readonly clientId: string;
  readonly claim: Claim;
  readonly revision: number;
  readonly problems: readonly Problem[];
}

/**
 * Saves one draft of one window, and takes in what others do to it.
 *
 * Modes: *idle* (synced) → *waiting* (a timer runs) → *at work* (a turn: one request) → idle, or waiting again when more
 * came. A turn sends a mutation or reads the draft anew, never both, and never two at a time. A request without an answer
 * leads to *offline*: a longer timer, then the same again. A refusal that more trying cannot mend ends the sending (*given
 * up*); everything stays in the journal, and the person is asked.
 */
export class DraftSaver implements Disposable {
  readonly #report: SaveReport;
  readonly #store: EditorStore;
  readonly #transport: DraftTransport;
  readonly #clientId: string;
  readonly #journal: JournalWriter;
  readonly #unsubscribe: () => void;
  readonly #claim: Claim;
  readonly #waiters = new Callers<Flushed>();
  readonly #readers = new Callers<void>();
  readonly #outbox = new Outbox();
  readonly #timer = new TurnTimer(() => void this.#takeTurn());
  readonly #ending = new AbortController();
  #sync: SyncState;
  #isAtWork = false;
  #isGivenUp = false;
  /** Edits in between are missing: the draft is to be read anew. */
  #isBehind = false;
  /** Where edits come from that the server does not have yet. */
  #adopted: readonly JournalRecord[] = [];

  constructor({ store, transport, journal, clientId, claim, revision, problems }: SaverOptions) {
    const { content, draftId } = store.getState();
    this.#store = store;
    this.#transport = transport;
    this.#clientId = clientId;
    this.#sync = startSync(revision, content);
    this.#report = new SaveReport({ revision, problems }, () => ({
      revision: this.#sync.confirmed.revision,
      isSynced: isSynced(this.#sync),
      isReadOnly: store.getState().isReadOnly,
      isSlow: this.#timer.isSlow,
    }));
    this.#journal = new JournalWriter(
      journal,
      () => this.#toRecord(draftId),
      (isKept) => this.#report.setKept(isKept),
    );
    this.#unsubscribe = store.subscribe((state, before) => {
      if (state.lastEdit !== before.lastEdit && state.lastEdit) this.#handleEdit(state.lastEdit);
      if (state.unreadText !== before.unreadText) this.#journal.writeSoon();
    });
    this.#claim = claim;
  }

  get view(): StoreApi<SaveView> {
    return this.#report.view;
  }

  /** Aborted when the draft is closed. */
  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  /** Sends what waits; answers when the server has everything that stood here at the call. */
  flush(): Promise<Flushed> {
    const refusal = this.#report.review?.refusal ?? null;
    if (refusal !== null) return Promise.resolve({ ok: false, message: refusal });
    if (isSynced(this.#sync)) return Promise.resolve({ ok: true, revision: this.#sync.confirmed.revision });
    this.#timer.atOnce();
    return this.#waiters.wait();
  }

  /** Tries at once, because the connection is said to be back. */
  retryNow(): void {
    this.#timer.atOnce();
  }

  /** Resolves when what is not on the server is on this device, as far as that can be. */
  keep(): Promise<void> {
    return this.#journal.flush();
  }

  /** The last words of a page that goes: everything that fits, without waiting. */
  sendLastWords(): void {
    void this.keep();
    if (this.#outbox.hurry(this.#sync)) void this.#takeTurn({ isHurried: true });
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

  /** The person has decided about some of it; with the last of them the review is over. */
  settle(settled: ReadonlySet<LostEdit | OverriddenOp>): void {
    this.#report.settle(settled);
    this.#journal.writeSoon();
  }

  /** What others did has been seen. */
  forgetOthers(): void {
    this.#report.forgetOthers();
  }

  /** The person has seen what there was to review, and goes on. */
  endReview(): void {
    this.#isGivenUp = false;
    this.#report.endReview();
    this.#journal.writeSoon();
    this.#timer.atOnce();
  }

  /** Something that another window left is neither on the server nor in here yet. */
  awaitEstate(clientId: string, isAwaited: boolean): void {
    this.#report.awaitEstate(clientId, isAwaited);
  }

  /**
   * Takes in what is left of windows that are gone: what can be undone, what was not read yet, what is to be reviewed, and
   * edits that the server did not take, which go out as this window's. Its record takes the place of theirs.
   */
  inherit(heritage: readonly Inherited[]): Promise<void> {
    const replaced = inheritInto(this.#store, heritage);
    for (const { record } of heritage) if (record.review) this.#report.addReview(record.review);
    const refused = heritage.filter(({ outcome }) => outcome === 'refused');
    if (refused.length > 0) this.#adopt(refused);
    this.#journal.replace(replaced);
    return this.keep();
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

  /** Resolves when the draft has been read anew, because edits in between are missing. */
  resync(): Promise<void> {
    this.#isBehind = true;
    if (!this.#timer.isSlow) this.#timer.atOnce();
    return this.#readers.wait();
  }

  /** Resolves when what the server held at a revision is in here. */
  async reach(revision: number): Promise<void> {
    if (this.#sync.confirmed.revision < revision) await this.resync();
  }

  [Symbol.dispose](): void {
    this.#ending.abort();
    this.#unsubscribe();
    this.#claim.release();
    this.#journal[Symbol.dispose]();
    this.#timer.stop();
    this.#waiters.answer({ ok: false, message: 'The draft was closed.' });
    this.#readers.answer();
  }

  get #hasWork(): boolean {
    return this.#isBehind || (!isSynced(this.#sync) && !this.#isGivenUp);
  }

  #handleEdit({ ops, pace }: LocalEdit): void {
    this.#sync = addLocal(this.#sync, ops);
    this.#timer.afterEdit(pace);
    this.#journal.writeSoon();
    this.#report.show();
  }

  async #takeTurn({ isHurried = false } = {}): Promise<void> {
    if (this.#isAtWork || this.signal.aborted || !this.#hasWork) return;
    this.#timer.stop();
    this.#isAtWork = true;
    // A draft that is read now may hold what was sent, or not: that must be known first, or it is done twice.
    const mayRead = this.#isBehind && !this.#outbox.isOpen(this.#sync);
    try {
      await (mayRead ? this.#read() : this.#send(isHurried));
    } finally {
      this.#isAtWork = false;
    }
    if (this.signal.aborted) return;
    this.#journal.writeSoon();
    this.#goOn();
  }

  async #send(isHurried: boolean): Promise<void> {
    const next = this.#outbox.next(this.#sync);
    if (!next) return;
    this.#sync = next.state;
    this.#journal.writeSoon();
    this.#timer.left();
    this.#report.show();
    if (!isHurried) await this.#outbox.untilKept(this.keep());
    // What came meanwhile may have taken all of it away, or put it on top of something else.
    const { inFlight, confirmed } = this.#sync;
    if (this.signal.aborted) return;
    if (inFlight?.id !== next.mutation.id) {
      // The socket told of it, so the server answers again.
      this.#timer.answered();
      return;
    }
    this.#outbox.sent(inFlight);
    const { revision } = confirmed;
    const result = await this.#transport.send({ clientId: this.#clientId, mutationId: inFlight.id, ops: [...inFlight.ops], revision });
    if (!this.signal.aborted) this.#handleResult(result, { id: inFlight.id, revision });
  }

  #handleResult(result: SendResult, sent: { readonly id: string; readonly revision: number }): void {
    if (result.kind === 'unreachable') {
      this.#waitLonger();
      return;
    }
    this.#timer.answered();
    this.#outbox.answered();
    switch (result.kind) {
      case 'accepted':
        this.#handleAccepted(result.accepted.revision, sent.id);
        this.#report.show({ problems: result.accepted.problems });
        return;
      case 'conflict': {
        const rebased = result.conflict.full ? 'gap' : takeEdits(this.#sync, result.conflict.opsSince);
        if (rebased !== 'gap') this.#takeOver(rebased);
        // Refused, and yet nobody was first as far as we know: what we hold is not what the server holds.
        if (rebased === 'gap' || this.#sync.confirmed.revision === sent.revision) this.#isBehind = true;
        return;
      }
      case 'too-large':
        this.#split();
        return;
      case 'archived':
      case 'refused':
        if (result.kind === 'archived') this.#store.getState().setReadOnly(true);
        this.#giveUp(result.message);
        return;
      default:
        assertNever(result);
    }
  }

  #handleAccepted(revision: number, id: string): void {
    // The socket may have told it first.
    if (this.#sync.inFlight?.id !== id) return;
    const confirmed = revision === this.#sync.confirmed.revision + 1 ? confirm(this.#sync, revision) : 'gap';
    this.#sync = confirmed === 'gap' ? { ...this.#sync, inFlight: null } : confirmed;
    this.#isBehind ||= confirmed === 'gap';
  }

  async #read(): Promise<void> {
    const fresh = await this.#transport.fetchDraft().catch((error: unknown) => (isUnreadable(error) ? 'unreadable' : null));
    if (this.signal.aborted) return;
    if (fresh === 'unreadable') {
      this.#timer.answered();
      this.#giveUp('A newer version of Pipewright has changed this draft in a way that this page cannot read. Reload the page.');
    } else if (fresh === null || fresh.revision < this.#sync.confirmed.revision) {
      this.#waitLonger();
      return;
    } else {
      this.#timer.answered();
      this.#store.getState().learnComponents(fresh.components);
      this.#takeOver(takeDraft(this.#sync, { revision: fresh.revision, content: contentOf(fresh) }));
      this.#report.show({ problems: fresh.problems });
    }
    this.#isBehind = false;
    this.#readers.answer();
  }

  /** Offline, or the server restarts: the same again, later and later. */
  #waitLonger(): void {
    this.#timer.afterSilence();
    const place = this.view.getState().isKept ? 'Your edits are kept on this device.' : 'Your edits are in this window only: leave it open.';
    this.#waiters.answer({ ok: false, message: `The server does not answer. ${place}` });
  }

  #split(): void {
    const halved = halve(this.#sync);
    this.#outbox.cut();
    if (halved) this.#sync = halved;
    else this.#giveUp('One change is larger than the server takes.');
  }

  #giveUp(refusal: string): void {
    this.#isGivenUp = true;
    this.#sync = giveBack(this.#sync);
    this.#report.refuse(refusal, this.#store.getState().content);
    this.#waiters.answer({ ok: false, message: refusal });
  }

  /** On top of what the server has; they go out as this window's. */
  #adopt(refused: readonly Brought[]): void {
    const records = refused.map(({ record }) => record);
    const ops = records.flatMap(({ inFlight, pending }) => [...(inFlight?.ops ?? []), ...pending]);
    const theirs = refused.flatMap((brought) => brought.theirs);
    this.#adopted = [...this.#adopted, ...records];
    this.#takeOver(takeDraft(addLocal(this.#sync, ops), this.#sync.confirmed, theirs));
    this.#timer.atOnce();
  }

  #takeOver(rebased: Rebased): void {
    const mine = this.#store.getState().content;
    this.#sync = rebased.state;
    // Steps may go by other keys now: the journal must know that before what is sent under the id that it knows.
    if (rebased.foreign.length > 0 && !isSynced(this.#sync)) this.#outbox.cut();
    this.#store.getState().takeOver(rebased.content, rebased.renames);
    this.#report.tellOthers(rebased, mine);
  }

  /** After any news: says where we stand, and goes on if something waits. */
  #goOn(): void {
    const isDone = isSynced(this.#sync);
    // Others' edits may have left nothing of ours to send while we waited to try again: the next edit is not to wait for that.
    if (!this.#hasWork) this.#timer.answered();
    this.#report.show();
    if (isDone) {
      this.#waiters.answer({ ok: true, revision: this.#sync.confirmed.revision });
      if (this.#adopted.length > 0) void this.#journal.takeEditsOut(this.#adopted);
      this.#adopted = [];
    }
    if (!this.#timer.isSlow) this.#timer.atOnce();
  }

  #toRecord(draftId: string): JournalRecord {
    const { review } = this.#report;
    return toJournalRecord({ draftId, clientId: this.#clientId, nextId: this.#outbox.nextId, sync: this.#sync, editor: this.#store.getState(), review });
  }
}
