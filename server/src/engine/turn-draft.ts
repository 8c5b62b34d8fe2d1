import { isStepEnded, type RunStatus, type StepStatus } from '@pipewright/shared/run/status.ts';
import type { StepCounts, StepRun, StepRunOf } from '@pipewright/shared/run/step-run.ts';
import type { Fingerprint } from './fingerprint.ts';
import { LayeredMapDraft } from './layered-map.ts';
import { placeOfItem, type Loop } from './loop.ts';
import type { RunState, StopCause } from './run-state.ts';
import type { StepRows } from './step-rows.ts';

/**
 * The next state while a turn writes it. Private to one call of `transition`: it begins as a copy of the old state and
 * ends as the new one, so the engine stays pure to everyone outside.
 */
export class TurnDraft {
  readonly fingerprints: Record<string, Fingerprint> = {};
  #status: RunStatus;
  readonly #steps: LayeredMapDraft<string, StepRun>;
  #left: number;
  readonly #counts: StepCounts;
  readonly #deciding: LayeredMapDraft<string, Fingerprint>;
  readonly #dispatched: LayeredMapDraft<string, true>;
  readonly #held: LayeredMapDraft<string, true>;
  #stop: StopCause | null;
  readonly finalStep: string | null;
  readonly #sweeps: ReadonlySet<string>;
  readonly #expanding: Set<string>;
  readonly #loops: Map<string, Loop>;
  /** The last row of each step that changed; that of an ended item is nowhere else. */
  readonly #rows = new Map<string, StepRun>();
  readonly #touched = new Set<string>();
  #stopsAll = false;
  #isStart = false;

  constructor(state: RunState) {
    this.#status = state.status;
    this.#steps = new LayeredMapDraft(state.steps);
    this.#left = state.left;
    this.#counts = { ...state.counts };
    this.#deciding = new LayeredMapDraft(state.deciding);
    this.#dispatched = new LayeredMapDraft(state.dispatched);
    this.#held = new LayeredMapDraft(state.held);
    this.#stop = state.stop;
    this.finalStep = state.finalStep;
    this.#sweeps = state.sweeps;
    this.#expanding = new Set(state.expanding);
    this.#loops = new Map(state.loops);
  }

  get status(): RunStatus {
    return this.#status;
  }
  get stop(): StopCause | null {
    return this.#stop;
  }
  /** The run begins with this turn: every step may be ready. */
  get isStart(): boolean {
    return this.#isStart;
  }
  /** As they stand now. */
  get steps(): StepRows {
    return this.#steps;
  }
  /** All of them, as they stand now; dear in a large run. */
  get allSteps(): readonly StepRun[] {
    return [...this.#steps.finish().values()];
  }
  get heldBack(): readonly string[] {
    return [...this.#held.finish().keys()];
  }
  /** Whether every step has ended. */
  get isThrough(): boolean {
    return this.#left === 0;
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
    return this.#stopsAll ? new Set([...this.#steps.finish().keys(), ...this.#touched]) : this.#touched;
  }

  begin(): void {
    if (this.#status !== 'queued') return;
    this.#status = 'running';
    this.#isStart = true;
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
    const before = this.#loops.get(key);
    this.#loops.set(key, loop);
    if (loop.isRepeat) this.#touched.add(key);
    if (before?.stopping !== loop.stopping) for (const item of loop.stopping.keys()) this.#touched.add(item);
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
    this.#dispatched.set(key, true);
    this.#held.delete(key);
    this.#touched.add(key);
  }

  set(row: StepRun): void {
    this.#count(this.#steps.get(row.key), row);
    this.#steps.set(row.key, row);
    this.#rows.set(row.key, row);
    this.#touched.add(row.key);
    if (row.status !== 'waiting') {
      this.#deciding.delete(row.key);
      this.#expanding.delete(row.key);
    }
    if (row.status === 'queued') this.#held.set(row.key, true);
    else {
      this.#held.delete(row.key);
      if (row.status !== 'running') this.#dispatched.delete(row.key);
    }
  }

  #count(before: StepRun | undefined, now: StepRun): void {
    if (before === undefined || isStepEnded(before.status)) this.#left += 1;
    if (isStepEnded(now.status)) this.#left -= 1;
    if (placeOfItem(now.key, this.#loops)) return;
    if (before) this.#counts[before.status] = (this.#counts[before.status] ?? 0) - 1;
    if (before && this.#counts[before.status] === 0) delete this.#counts[before.status];
    this.#counts[now.status] = (this.#counts[now.status] ?? 0) + 1;
  }

  finish(): RunState {
    return {
      status: this.#status,
      steps: this.#steps.finish(),
      left: this.#left,
      counts: this.#counts,
      deciding: this.#deciding.finish(),
      dispatched: this.#dispatched.finish(),
      held: this.#held.finish(),
      stop: this.#stop,
      finalStep: this.finalStep,
      expanding: this.#expanding,
      sweeps: this.#sweeps,
      loops: this.#loops,
    };
  }
}

function hasStatus<S extends StepStatus>(row: StepRun, status: S): row is StepRunOf<S> {
  return row.status === status;
}
