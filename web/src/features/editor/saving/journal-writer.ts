import type { Estate, Journal } from './journal.ts';
import type { JournalRecord } from './journal-record.ts';

const paceMs = 50;
/** A device that does not say whether it has written holds up nothing that goes to the server. */
const longestWriteMs = 3000;

/** What another window left, and what of it stays: the rest is ours. */
export interface Replaced {
  readonly estate: Estate;
  readonly rest: JournalRecord | null;
}

/** Keeps this window's record in the journal up to date, at a pace that a drag does not feel. */
export class JournalWriter implements Disposable {
  readonly #journal: Journal;
  readonly #record: () => JournalRecord;
  readonly #onWritten: (isKept: boolean) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isDirty = false;
  #writing: Promise<void> = Promise.resolve();
  /** What windows that are gone have left, whose records are the only ones on the device to hold what they held. */
  #replaced: readonly Replaced[] = [];

  constructor(journal: Journal, record: () => JournalRecord, onWritten: (isKept: boolean) => void = () => {}) {
    this.#journal = journal;
    this.#record = record;
    this.#onWritten = onWritten;
  }

  writeSoon(): void {
    this.#isDirty = true;
    this.#timer ??= setTimeout(() => void this.flush(), paceMs);
  }

  /** Ours holds from now on what these hold; they go as soon as ours is on the device, and are nobody else's until then. */
  replace(replaced: readonly Replaced[]): void {
    this.#replaced = [...this.#replaced, ...replaced];
    this.writeSoon();
  }

  /**
   * The edits that these records hold have reached the server under other names: sent again, they would be done again, over
   * what came after them. Where ours could not take their place, they stay for what else they hold, without the edits, or go.
   */
  async takeEditsOut(records: readonly JournalRecord[]): Promise<void> {
    for (const record of records) {
      // Ours may have taken its place while another one was written: put there again, nobody would take it away.
      await this.#writing;
      if (!this.#replaced.some(({ estate }) => estate.record.clientId === record.clientId)) continue;
      const rest = { ...record, inFlight: null, pending: [] };
      await this.#journal.write(rest).catch(async () => await this.#journal.remove(record.draftId, record.clientId).catch(() => undefined));
    }
  }

  /** Resolves when everything so far is on the device, or could not be put there. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#isDirty) {
      this.#isDirty = false;
      this.#writing = this.#write(this.#record());
    }
    return this.#writing;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const { estate } of this.#replaced) estate.release();
  }

  async #write(record: JournalRecord): Promise<void> {
    const replaced = this.#replaced;
    const writing = this.#journal.write(
      record,
      replaced.map(({ estate }) => estate.record.clientId),
      replaced.flatMap(({ rest }) => rest ?? []),
    );
    const written = writing.then(
      () => this.#handleWritten(replaced),
      () => this.#handleFailed(),
    );
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(() => late.resolve(this.#onWritten(false)), longestWriteMs);
    await Promise.race([written, late.promise]);
    clearTimeout(timer);
  }

  #handleWritten(replaced: readonly Replaced[]): void {
    this.#replaced = this.#replaced.filter((each) => !replaced.includes(each));
    for (const { estate } of replaced) estate.release();
    this.#onWritten(true);
  }

  /**
   * Storage may be full or forbidden. The edit is on its way to the server all the same, and the indicator tells whether
   * it got there, and that it is not on this device. The next write tries again.
   */
  #handleFailed(): void {
    this.#isDirty = true;
    this.#onWritten(false);
  }
}
