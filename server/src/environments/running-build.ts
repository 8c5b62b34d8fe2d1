import type { Preparation, PrepareListener } from './environment-builder.ts';

/** What a build is given by those who wait for it. */
export interface BuildWork {
  readonly listener: PrepareListener;
  readonly signal: AbortSignal;
}

export const stopped: Preparation = { ok: false, failure: { reason: 'environment', message: 'The build of the environment was stopped.', lastLines: [] } };

/** One build and everybody who waits for it. Whoever comes later hears what was said before. */
export class RunningBuild {
  readonly outcome: Promise<Preparation>;
  readonly startedAt: string;
  readonly #listeners = new Set<PrepareListener>();
  readonly #said: string[] = [];
  readonly #abort = new AbortController();
  #waiting = 0;

  constructor(startedAt: string, build: (work: BuildWork) => Promise<Preparation>) {
    this.startedAt = startedAt;
    const listener: PrepareListener = {
      line: (text) => {
        this.#said.push(text);
        for (const each of this.#listeners) each.line(text);
      },
      progress: (detail) => {
        for (const each of this.#listeners) each.progress(detail);
      },
    };
    this.outcome = build({ listener, signal: this.#abort.signal });
  }

  get isStopped(): boolean {
    return this.#abort.signal.aborted;
  }

  /** Waits with the others, or until the signal: then the others wait on. */
  async join(listener: PrepareListener, signal: AbortSignal | undefined): Promise<Preparation> {
    for (const text of this.#said) listener.line(text);
    this.#listeners.add(listener);
    this.#waiting += 1;
    const { promise: left, resolve } = Promise.withResolvers<Preparation>();
    const leave = (): void => {
      // Nobody waits for it any more: what was cancelled is not installed behind people's backs.
      this.#waiting -= 1;
      if (this.#waiting === 0) this.stop();
      resolve(stopped);
    };
    if (signal?.aborted) leave();
    else signal?.addEventListener('abort', leave, { once: true });
    const outcome = await Promise.race([this.outcome, left]);
    signal?.removeEventListener('abort', leave);
    this.#listeners.delete(listener);
    return outcome;
  }

  stop(): void {
    this.#abort.abort();
  }
}
