import type { AttemptHandle, AttemptSpec, StepRunner } from '../step-runner.ts';
import { LauncherConnection } from './launcher-connection.ts';
import { LocalAttempt, type Patience } from './local-attempt.ts';
import { markOf } from './find-strays.ts';

export function createLocalRunner({ graceMs = 10_000, unbornAfterMs = 10_000 }: Partial<Patience> = {}): StepRunner {
  return new LocalRunner({ graceMs, unbornAfterMs });
}

/** Runs attempts as processes of this machine, through the launcher. */
class LocalRunner implements StepRunner {
  readonly #patience: Patience;
  readonly #launcher = new LauncherConnection();
  readonly #attempts = new Set<LocalAttempt>();

  constructor(patience: Patience) {
    this.#patience = patience;
  }

  async start({ folder, workFolder, command, variables, timeoutMs }: AttemptSpec): Promise<AttemptHandle> {
    const attempt = this.#watch(folder, 'asked');
    const limit = timeoutMs === null ? null : { timeoutMs, graceMs: this.#patience.graceMs };
    this.#launcher.launch({ folder, workFolder, command, variables: { ...variables, ...markOf(folder) }, limit }, attempt);
    return attempt;
  }

  async adopt(folder: string): Promise<AttemptHandle> {
    return this.#watch(folder, 'found');
  }

  /** Lets go of the attempts: they live on, and the launcher ends with its input. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const attempt of this.#attempts) attempt.letGo();
    await this.#launcher[Symbol.asyncDispose]();
  }

  #watch(folder: string, origin: 'asked' | 'found'): LocalAttempt {
    const attempt = new LocalAttempt(folder, origin, this.#patience);
    this.#attempts.add(attempt);
    void attempt.ended.finally(() => this.#attempts.delete(attempt));
    return attempt;
  }
}
