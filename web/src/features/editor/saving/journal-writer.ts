import type { Journal, JournalRecord } from './journal.ts';

const paceMs = 50;

/** Keeps this window's record in the journal up to date, at a pace that a drag does not feel. */
export class JournalWriter implements Disposable {
  readonly #journal: Journal;
  readonly #record: () => JournalRecord;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isDirty = false;

  constructor(journal: Journal, record: () => JournalRecord) {
    this.#journal = journal;
    this.#record = record;
  }

  writeSoon(): void {
    this.#isDirty = true;
    this.#timer ??= setTimeout(() => void this.flush(), paceMs);
  }

  /** Resolves when everything so far is on the device. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#isDirty) return;
    this.#isDirty = false;
    // Storage may be full or forbidden. The edit is on its way to the server all the same, and the indicator tells
    // whether it got there; there is nobody else who could do anything about it.
    await this.#journal.write(this.#record()).catch(() => {});
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
