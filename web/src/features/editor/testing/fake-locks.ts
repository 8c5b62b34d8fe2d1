import type { Locks } from '../saving/window-locks.ts';

interface Request {
  readonly window: string;
  readonly name: string;
  readonly grant: () => void;
}

/** The locks of one browser: what a window holds, and what it waits for, goes with the window. */
export class FakeLocks {
  readonly #held = new Map<string, Request>();
  #waiting: readonly Request[] = [];

  ofWindow(window: string): Locks {
    return {
      query: async () => ({ held: [...this.#held.keys()].map((name) => ({ name })) }),
      request: async (name, { ifAvailable = false, signal }, hold) => {
        if (ifAvailable && this.#held.has(name)) return await hold(null);
        const granted = Promise.withResolvers<void>();
        const request = { window, name, grant: granted.resolve };
        signal?.addEventListener('abort', () => {
          this.#waiting = this.#waiting.filter((waiting) => waiting !== request);
          granted.reject(signal.reason);
        });
        this.#waiting = [...this.#waiting, request];
        this.#grantNext(name);
        await granted.promise;
        await hold({ name });
        if (this.#held.get(name) === request) this.#release(name);
      },
    };
  }

  /** How many wait for a window of any draft. */
  waitingFor(clientId: string): number {
    return this.#waiting.filter(({ name }) => name.endsWith(`:${clientId}`)).length;
  }

  /** The window is gone, without a word. */
  end(window: string): void {
    this.#waiting = this.#waiting.filter((request) => request.window !== window);
    for (const [name, request] of this.#held) if (request.window === window) this.#release(name);
  }

  #release(name: string): void {
    this.#held.delete(name);
    this.#grantNext(name);
  }

  #grantNext(name: string): void {
    const next = this.#held.has(name) ? undefined : this.#waiting.find((request) => request.name === name);
    if (!next) return;
    this.#waiting = this.#waiting.filter((request) => request !== next);
    this.#held.set(name, next);
    next.grant();
  }
}
