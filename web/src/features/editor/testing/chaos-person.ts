import { createSocket, type PageSocket } from '../../../realtime/socket.ts';
import type { DraftTransport, SendResult } from '../saving/draft-transport.ts';
import { followDraft } from '../saving/follow-draft.ts';
import { createHttpDraftTransport } from '../saving/http-draft-transport.ts';
import { createIdbJournal, type Journal } from '../saving/journal.ts';
import { type DraftSession, openDraft } from '../saving/open-draft.ts';
import { EditLedger, type MarkKind } from './edit-ledger.ts';
import { FakeLocks } from './fake-locks.ts';
import type { RealServer } from './real-server.ts';

const never = async (): Promise<never> => await new Promise(() => {});

/** One person with one browser, and the windows of one draft in it. */
export class ChaosPerson {
  readonly ledger: EditLedger;
  readonly windows: ChaosWindow[] = [];
  readonly #name: string;
  readonly #server: RealServer;
  readonly #draftId: string;
  readonly #locks = new FakeLocks();
  readonly #database = crypto.randomUUID();
  #opened = 0;

  constructor(name: string, server: RealServer, draftId: string) {
    this.ledger = new EditLedger(name);
    this.#name = name;
    this.#server = server;
    this.#draftId = draftId;
  }

  /** Opens the draft in a window more; where the server cannot be reached, there is none. */
  async open(): Promise<void> {
    this.#opened += 1;
    const name = `${this.#name}${this.#opened}`;
    const window = new ChaosWindow(name, this.ledger, () => this.#locks.end(name));
    const journal = createIdbJournal({ database: this.#database, locks: this.#locks.ofWindow(name) });
    const isOpen = await window.open({ draftId: this.#draftId, journal, url: this.#server.url });
    if (isOpen) this.windows.push(window);
    else window.crash();
  }

  crash(which: number): void {
    const [window] = this.windows.splice(which % Math.max(1, this.windows.length), 1);
    window?.crash();
  }

  at(which: number): ChaosWindow | undefined {
    return this.windows[which % Math.max(1, this.windows.length)];
  }
}

interface Place {
  readonly draftId: string;
  readonly journal: Journal;
  readonly url: string;
}

/** A window with all that it really has, whose way to the server can be cut and which can end without a word. */
export class ChaosWindow {
  /** So many of the next answers get lost, after the server has taken what was sent. */
  answersToLose = 0;
  readonly name: string;
  readonly #ledger: EditLedger;
  readonly #end: () => void;
  #session: DraftSession | null = null;
  #socket: PageSocket | null = null;
  #isCut = false;
  #isDead = false;

  constructor(name: string, ledger: EditLedger, end: () => void) {
    this.name = name;
    this.#ledger = ledger;
    this.#end = end;
  }

  get session(): DraftSession {
    if (!this.#session) throw new Error('expected an open window');
    return this.#session;
  }

  async open({ draftId, journal, url }: Place): Promise<boolean> {
    const transport = this.#line(createHttpDraftTransport(draftId));
    this.#session = await openDraft({ draftId, clientId: this.name, transport, journal: this.#device(journal) }).catch(() => null);
    if (!this.#session) return false;
    this.#socket = createSocket(url);
    followDraft(this.#session, this.#socket);
    this.#session.saver.view.subscribe(({ status }) => {
      if (status === 'saved') this.#ledger.acknowledge(this.name);
    });
    return true;
  }

  mark(kind: MarkKind): void {
    const { id, op } = this.#ledger.next(kind);
    const { store } = this.session;
    // The key of a step that is there already is nobody's to give: as the designer does, it takes the next one.
    const isTaken = op.op === 'step.add' && Object.hasOwn(store.getState().content.document.jobs, op.step);
    const made = isTaken ? { ...op, step: `marked_${id}` } : op;
    if (store.getState().edit([made], { label: id }).ok) this.#ledger.note(id, this.name, true);
  }

  travel(direction: 'undo' | 'redo'): void {
    const label = this.session.store.getState()[direction]();
    if (label !== null) this.#ledger.note(label, this.name, direction === 'redo');
  }

  /** Until the device has it: that is what *kept on this device* says. */
  async keep(): Promise<void> {
    const edits = this.#ledger.openOf(this.name);
    await this.session.saver.keep();
    if (!this.#isDead && this.session.saver.view.getState().isKept) this.#ledger.acknowledge(this.name, edits);
  }

  cut(): void {
    this.#isCut = true;
    this.#socket?.disconnect();
  }

  mend(): void {
    this.#isCut = false;
    this.#socket?.connect();
    this.session.saver.retryNow();
  }

  crash(): void {
    this.#isDead = true;
    this.#session?.saver[Symbol.dispose]();
    this.#socket?.close();
    this.#end();
  }

  #line(transport: DraftTransport): DraftTransport {
    return {
      send: async (ops): Promise<SendResult> => {
        if (this.#isDead) return await never();
        if (this.#isCut) return { kind: 'unreachable' };
        const isLost = this.answersToLose > 0;
        if (isLost) this.answersToLose -= 1;
        const answer = await transport.send(ops);
        if (this.#isDead) return await never();
        return isLost || this.#isCut ? { kind: 'unreachable' } : answer;
      },
      fetchDraft: async () => {
        if (this.#isDead) return await never();
        if (this.#isCut) throw new Error('no way to the server');
        return await transport.fetchDraft();
      },
    };
  }

  /** What a dead window had not begun to write is never written. */
  #device(journal: Journal): Journal {
    return { ...journal, write: async (record, replaced) => await (this.#isDead ? never() : journal.write(record, replaced)) };
  }
}
