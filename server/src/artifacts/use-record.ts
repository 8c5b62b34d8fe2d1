/** Enough for the largest run; beyond, the longest unused are let go. */
const mostEntries = 200_000;

/**
 * Which contents were asked for or stored by this process, and when. Between the moment in which somebody relies on a
 * content and the one in which the database says so, nothing else speaks for it.
 */
export class UseRecord {
  readonly #usedAt = new Map<string, number>();
  readonly #holds = new Map<symbol, number>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  note(hash: string): void {
    // Kept in the order of use: the first one is the longest unused.
    this.#usedAt.delete(hash);
    this.#usedAt.set(hash, this.#now());
    if (this.#usedAt.size <= mostEntries) return;
    const [oldest] = this.#usedAt.keys();
    if (oldest !== undefined) this.#usedAt.delete(oldest);
  }

  isUsedSince(hash: string, since: number): boolean {
    return (this.#usedAt.get(hash) ?? -Infinity) >= since;
  }

  hold(): () => void {
    const hold = Symbol('hold');
    this.#holds.set(hold, this.#now());
    return () => void this.#holds.delete(hold);
  }

  /** When the longest of them began; now, if there is none. */
  heldSince(): number {
    return Math.min(this.#now(), ...this.#holds.values());
  }
}
