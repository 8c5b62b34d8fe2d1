/** As much of the browser's locks as is used here. */
export interface Locks {
  readonly request: (name: string, options: LockOptions, hold: (lock: object | null) => Promise<void>) => Promise<void>;
  readonly query: () => Promise<{ readonly held?: readonly { readonly name?: string }[] }>;
}

export interface Held {
  readonly release: () => void;
}

export interface Claim extends Held {
  /** Tells the next page in this tab that this one is gone (or, back from the browser's cache, that it is not). */
  readonly markLeft: (isLeft: boolean) => void;
}

/** The page that this tab has shown before, and has left: its lock goes any moment. */
const leftKey = 'pipewright:left';
const longestGoodbyeMs = 1000;

/**
 * One lock for each window of a draft, held as long as the window lives: however it ends, the browser notices and lets go.
 * Who takes in what a window has left holds its lock meanwhile, so that nobody else does.
 */
export class WindowLocks {
  readonly #locks: Locks | undefined;

  constructor(locks: Locks | undefined) {
    this.#locks = locks;
  }

  claim(draftId: string, clientId: string): Claim {
    const name = nameOf(draftId, clientId);
    const held = this.#take(name, {});
    return {
      release: () => void held.then((lock) => lock?.release()),
      markLeft: (isLeft) => (isLeft ? sessionStorage.setItem(leftKey, name) : sessionStorage.removeItem(leftKey)),
    };
  }

  /** Null where the window is open still, or another one takes in what it has left. */
  async takeIfGone(draftId: string, clientId: string): Promise<Held | null> {
    const name = nameOf(draftId, clientId);
    // After a reload the browser may not have taken the old page's lock away yet.
    const isLeft = this.#locks !== undefined && sessionStorage.getItem(leftKey) === name;
    return await this.#take(name, isLeft ? { signal: AbortSignal.timeout(longestGoodbyeMs) } : { ifAvailable: true });
  }

  /** Null where nobody waits any more. */
  async takeWhenGone(draftId: string, clientId: string, signal: AbortSignal): Promise<Held | null> {
    return await this.#take(nameOf(draftId, clientId), { signal });
  }

  /** The windows of a draft, by the ids of their clients. */
  async ofDraft(draftId: string): Promise<string[]> {
    const prefix = nameOf(draftId, '');
    const { held = [] } = (await this.#locks?.query()) ?? {};
    return held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []));
  }

  async #take(name: string, options: LockOptions): Promise<Held | null> {
    if (!this.#locks) return { release: () => {} };
    const granted = Promise.withResolvers<Held | null>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const hold = async (lock: object | null): Promise<void> => {
      granted.resolve(lock && { release });
      if (lock) await released;
    };
    // Given up before it was granted: the wait was called off.
    this.#locks.request(name, options, hold).catch(() => granted.resolve(null));
    return await granted.promise;
  }
}

const nameOf = (draftId: string, clientId: string): string => `pipewright:draft:${draftId}:${clientId}`;
