import type { RunStatus, StepStatus } from '@pipewright/shared/run/status.ts';
import type { StepRun, StepRunOf } from '@pipewright/shared/run/step-run.ts';
import type { Fingerprint } from './fingerprint.ts';
import type { Loop } from './loop.ts';
import type { RunState, StopCause } from './run-state.ts';

/**
 * The next state while a turn writes it. Private to one call of `transition`: it begins as a copy of the old state and
 * ends as the new one, so the engine stays pure to everyone outside.
 */
export class TurnDraft {
  readonly fingerprints: Record<string, Fingerprint> = {};
  #status: RunStatus;
  readonly #steps: Map<string, StepRun>;
  readonly #deciding: Map<string, Fingerprint>;
  readonly #dispatched: Set<string>;
  #stop: StopCause | null;
  readonly finalStep: string | null;
  readonly #expanding: Set<string>;
  readonly #loops: Map<string, Loop>;
  /** The last row of each step that changed; that of an ended item is nowhere else. */
  readonly #rows = new Map<string, StepRun>();
  readonly #touched = new Set<string>();
  #stopsAll = false;

  constructor(state: RunState) {
    this.#status = state.status;
    this.#steps = new Map(state.steps);
    this.#deciding = new Map(state.deciding);
    this.#dispatched = new Set(state.dispatched);
    this.#stop = state.stop;
    this.finalStep = state.finalStep;
    this.#expanding = new Set(state.expanding);
    this.#loops = new Map(state.loops);
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
  /** Keys of the steps whose row changed, in the order of change. */
  get changed(): ReadonlySet<string> {
    return new Set(this.#rows.keys());
  }
  get changedRows(): readonly StepRun[] {
    return [...this.#rows.values()];
  }
  get loops(): ReadonlyMap<string, Loop> {
    return this.#loops;
  }
  get dispatchedCount(): number {
    return this.#dispatched.size;
  }
  /** Steps whose effects may differ from before. */
  get touched(): Iterable<string> {
    return this.#stopsAll ? new Set([...this.#steps.keys(), ...this.#touched]) : this.#touched;
  }

  begin(): void {
    if (this.#status === 'queued') this.#status = 'running';
  }

  cancel(by: string): void {
    if (this.#stop?.kind === 'cancelled') return;
    this.#status = 'cancelling';
    this.halt({ kind: 'cancelled', by });
  }

  /** The run's limit: everything is stopped but the last step. */
  timeOut(): void {
    if (this.#status !== 'running') return;
    this.#status = 'cancelling';
    this.halt({ kind: 'timed-out' });
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

  isExpanding(key: string): boolean {
    return this.#expanding.has(key);
  }

  /** Its items are wanted: the world is asked for them. */
  expand(key: string): void {
    this.#expanding.add(key);
    this.#touched.add(key);
  }

  setLoop(key: string, loop: Loop): void {
    this.#loops.set(key, loop);
  }

  /** An item has ended and is counted: its row is stored and needed no more. */
  forget(key: string): void {
    this.#steps.delete(key);
    this.#touched.add(key);
  }

  /** All items have ended. */
  endLoop(key: string): void {
    this.#loops.delete(key);
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
    this.#rows.set(row.key, row);
    this.#touched.add(row.key);
    if (row.status !== 'waiting') {
      this.#deciding.delete(row.key);
      this.#expanding.delete(row.key);
    }
    if (row.status !== 'queued' && row.status !== 'running') this.#dispatched.delete(row.key);
  }

  finish(): RunState {
    return {
      status: this.#status,
      steps: this.#steps,
      deciding: this.#deciding,
      dispatched: this.#dispatched,
      stop: this.#stop,
      finalStep: this.finalStep,
      expanding: this.#expanding,
      loops: this.#loops,
    };
  }
}

function hasStatus<S extends StepStatus>(row: StepRun, status: S): row is StepRunOf<S> {
  return row.status === status;
}
