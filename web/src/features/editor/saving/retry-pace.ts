const firstMs = 1000;
const lastMs = 30_000;

/** How long to wait after a request that nobody answered: longer each time, until somebody does. */
export class RetryPace {
  #ms = firstMs;

  /** The last request had no answer. */
  get isSlow(): boolean {
    return this.#ms > firstMs;
  }

  next(): number {
    const ms = this.#ms;
    this.#ms = Math.min(lastMs, ms * 2);
    return ms;
  }

  reset(): void {
    this.#ms = firstMs;
  }
}

/** False where it was cut short. */
export async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(true), ms);
  signal.addEventListener('abort', () => resolve(false), { once: true });
  return await promise.finally(() => clearTimeout(timer));
}
