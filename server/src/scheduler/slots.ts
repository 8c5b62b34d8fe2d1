/** Hands out the machine's places for running steps, first come first served, over all runs. */
export class Slots {
  #free: number;
  readonly #waiting: { readonly grant: () => void; readonly isGone: () => boolean }[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Resolves with a place, or with null when the signal fired first. */
  async acquire(signal: AbortSignal): Promise<Slot | null> {
    if (signal.aborted) return null;
    if (this.#free > 0) return this.take();
    return await new Promise<Slot | null>((resolve) => {
      const give = (): void => resolve(this.take());
      this.#waiting.push({ grant: give, isGone: () => signal.aborted });
      signal.addEventListener('abort', () => resolve(null), { once: true });
    });
  }

  /** A place at once, even beyond the count: for attempts that already run when the server finds them. */
  take(): Slot {
    this.#free -= 1;
    let isHeld = true;
    return {
      release: () => {
        if (!isHeld) return;
        isHeld = false;
        this.#free += 1;
        this.#handOut();
      },
    };
  }

  #handOut(): void {
    while (this.#free > 0) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      if (!next.isGone()) next.grant();
    }
  }
}

export interface Slot {
  /** May be called again without effect. */
  release(): void;
}
