import { setTimeout as delay } from 'node:timers/promises';
import type { Instant, RunId } from '@pipewright/shared/ids.ts';
import type { RunEvent } from '@pipewright/shared/run/run-event.ts';
import type { ResolvedStep, RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import type { RunSummary, StoredRunEvent } from '@pipewright/shared/run/run.ts';
import { isRunEnded } from '@pipewright/shared/run/status.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import type { Fingerprint } from '../engine/fingerprint.ts';
import { resolvedStepOf } from '../engine/loop.ts';
import { effectId, type RunEffect } from '../engine/run-effect.ts';
import { initialRunState, toEnginePlan, type EnginePlan, type RunState } from '../engine/run-state.ts';
import { transition } from '../engine/transition.ts';
import type { Logger } from '../logger.ts';
import type { RunTurn, Store } from '../store/store.ts';
import { summarizeRun } from './summarize-run.ts';

/** What happened, before the actor has stamped it with the time. */
export type Happening = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'at'> : never) : never;

export interface ActorParts {
  readonly store: Store;
  readonly now: () => Instant;
  readonly logger: Logger;
  /** After the commit, in order. */
  readonly committed: (runId: RunId, events: readonly StoredRunEvent[]) => void;
  /** Performed after the commit; its outcome comes back through `send`. Must not throw. */
  readonly perform: (effect: RunEffect, actor: RunActor) => void;
}

/**
 * One run's inbox. Events are taken in order; a turn folds what has arrived through the engine, stores events, rows and
 * effects in one transaction, and only then tells the world and performs. A turn that cannot be stored (a full disk) is
 * tried again until it can: nothing is done that is not remembered.
 */
export class RunActor {
  readonly runId: RunId;
  readonly snapshot: RunSnapshot;
  /** Resolves when the run has ended and that is stored. */
  readonly ended: Promise<RunSummary>;
  readonly #parts: ActorParts;
  readonly #plan: EnginePlan;
  readonly #inbox: RunEvent[] = [];
  readonly #resolveEnded: (summary: RunSummary) => void;
  #state: RunState;
  #summary: RunSummary;
  #turn: Promise<void> = Promise.resolve();
  #isTurning = false;
  #isClosed = false;

  constructor(parts: ActorParts, run: { readonly summary: RunSummary; readonly snapshot: RunSnapshot; readonly history: readonly RunEvent[] }) {
    this.#parts = parts;
    this.runId = run.summary.id;
    this.snapshot = run.snapshot;
    this.#plan = toEnginePlan(run.snapshot);
    this.#summary = run.summary;
    this.#state = run.history.reduce((state, event) => transition(this.#plan, state, event).state, initialRunState(run.snapshot));
    const { promise, resolve } = Promise.withResolvers<RunSummary>();
    this.ended = promise;
    this.#resolveEnded = resolve;
    if (isRunEnded(this.#state.status)) resolve(run.summary);
  }

  get summary(): RunSummary {
    return this.#summary;
  }

  step(key: string): StepRun | undefined {
    return this.#state.steps.get(key);
  }

  /** The step that a key stands for: one of the snapshot, or an item of a loop that is under way. */
  resolvedStep(key: string): ResolvedStep | undefined {
    return resolvedStepOf(this.snapshot, this.#state.loops, key);
  }

  get steps(): ReadonlyMap<string, StepRun> {
    return this.#state.steps;
  }

  send(happening: Happening): void {
    if (this.#isClosed) return;
    this.#inbox.push({ ...happening, at: this.#parts.now() });
    if (!this.#isTurning) this.#turn = this.#takeTurns();
  }

  /** Takes no further event; resolves when the turn under way is stored. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#turn;
  }

  async #takeTurns(): Promise<void> {
    this.#isTurning = true;
    try {
      while (this.#inbox.length > 0) await this.#takeTurn();
    } finally {
      // In the same breath as the look into the empty inbox: an event that comes later begins a turn of its own.
      this.#isTurning = false;
    }
  }

  async #takeTurn(): Promise<void> {
    const turn = this.#fold(this.#inbox.splice(0));
    if (turn.events.length === 0) return;
    await this.#store(turn);
    this.#parts.committed(this.runId, turn.events);
    for (const effect of turn.effects) this.#parts.perform(effect, this);
    if (isRunEnded(this.#state.status)) this.#resolveEnded(this.#summary);
  }

  #fold(events: readonly RunEvent[]): RunTurn {
    const afterSeq = this.#summary.lastSeq;
    const stored: StoredRunEvent[] = [];
    const effects = new Map<string, RunEffect>();
    const answered: string[] = [];
    const fingerprints: Record<string, { fingerprint: Fingerprint; component: string | null }> = {};
    for (const event of events) {
      const before = this.#state;
      const turn = transition(this.#plan, before, event);
      const isNews = turn.changed.length > 0 || turn.effects.length > 0 || turn.state.status !== before.status;
      if (!isNews) continue;
      this.#state = turn.state;
      this.#summary = summarizeRun(this.#summary, turn.state, {
        snapshot: this.snapshot,
        changed: turn.changed,
        at: event.at,
        seq: this.#summary.lastSeq + 1,
      });
      stored.push({ ...event, seq: this.#summary.lastSeq, changes: { run: this.#summary, steps: [...turn.changed] } });
      for (const id of turn.answered) if (!effects.delete(id)) answered.push(id);
      for (const effect of turn.effects) effects.set(effectId(effect), effect);
      for (const [step, fingerprint] of Object.entries(turn.fingerprints)) {
        fingerprints[step] = { fingerprint, component: this.resolvedStep(step)?.componentReference ?? null };
      }
    }
    return { afterSeq, events: stored, effects: [...effects.values()], answered, fingerprints };
  }

  async #store(turn: RunTurn): Promise<void> {
    for (let waitMs = 200; ; waitMs = Math.min(waitMs * 2, 10_000)) {
      try {
        return await this.#parts.store.runs.append(this.runId, turn);
      } catch (error) {
        if (this.#isClosed) throw error;
        this.#parts.logger.error({ error, run: this.runId }, 'A turn could not be stored; trying again');
        await delay(waitMs);
      }
    }
  }
}
