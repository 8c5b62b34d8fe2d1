import type { RunStatus, StepStatus } from '@pipewright/shared/run/status.ts';
import type { StepRun, StepRunOf } from '@pipewright/shared/run/step-run.ts';
import type { Fingerprint } from './fingerprint.ts';
import type { RunState, StopCause } from './run-state.ts';

/**
 * The next state while a turn writes it. Private to one call of `transition`: it begins as a copy of the old state and
 * ends as the new one, so the engine stays pure to everyone outside.
 */
export class TurnDraft {
  readonly changed = new Set<string>();
  readonly fingerprints: Record<string, Fingerprint> = {};
  #status: RunStatus;
  readonly #steps: Map<string, StepRun>;
  readonly #deciding: Map<string, Fingerprint>;
  readonly #dispatched: Set<string>;
  #stop: StopCause | null;
  readonly #touched = new Set<string>();
  #stopsAll = false;

  constructor(state: RunState) {
    this.#status = state.status;
    this.#steps = new Map(state.steps);
    this.#deciding = new Map(state.deciding);
    this.#dispatched = new Set(state.dispatched);
    this.#stop = state.stop;
  }

  get status(): RunStatus {
    return this.#status;
  }
  get stop(): StopCause | null {
    return this.#stop;
  }
  get steps(): ReadonlyMap<string, StepRun> {
    return this.#steps;
  }
  get dispatchedCount(): number {
    return this.#dispatched.size;
  }
  /** Steps whose effects may differ from before. */
  get touched(): Iterable<string> {
    return this.#stopsAll ? this.#steps.keys() : this.#touched;
  }

  begin(): void {
    if (this.#status === 'queued') this.#status = 'running';
  }

  cancel(by: string): void {
    if (this.#status === 'cancelling') return;
    this.#status = 'cancelling';
    this.halt({ kind: 'cancelled', by });
  }

  /** A person's cancel stands over a failure's stop. */
  halt(cause: StopCause): void {
    if (this.#stop !== null && cause.kind !== 'cancelled') return;
    this.#stop = cause;
    this.#stopsAll = true;
  }

  end(status: RunStatus): void {
    this.#status = status;
  }

  row<S extends StepStatus>(key: string, status: S): StepRunOf<S> | undefined {
    const row = this.#steps.get(key);
    return row !== undefined && hasStatus(row, status) ? row : undefined;
  }

  deciding(key: string): Fingerprint | undefined {
    return this.#deciding.get(key);
  }

  /** The step's fingerprint is known; the world is asked for a donor. */
  decide(key: string, fingerprint: Fingerprint): void {
    this.#deciding.set(key, fingerprint);
    this.fingerprints[key] = fingerprint;
    this.#touched.add(key);
  }

  isDispatched(key: string): boolean {
    return this.#dispatched.has(key);
  }

  dispatch(key: string): void {
    this.#dispatched.add(key);
    this.#touched.add(key);
  }

  set(row: StepRun): void {
    this.#steps.set(row.key, row);
    this.changed.add(row.key);
    this.#touched.add(row.key);
    if (row.status !== 'waiting') this.#deciding.delete(row.key);
    if (row.status !== 'queued' && row.status !== 'running') this.#dispatched.delete(row.key);
  }

  finish(): RunState {
    return { status: this.#status, steps: this.#steps, deciding: this.#deciding, dispatched: this.#dispatched, stop: this.#stop };
  }
}

function hasStatus<S extends StepStatus>(row: StepRun, status: S): row is StepRunOf<S> {
  return row.status === status;
}
