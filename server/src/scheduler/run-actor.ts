import { setTimeout as delay } from 'node:timers/promises';
import type { Instant, RunId } from '@pipewright/shared/ids.ts';
import type { RunEvent } from '@pipewright/shared/run/run-event.ts';
import type { ResolvedStep, RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import type { RunSummary, StoredRunEvent } from '@pipewright/shared/run/run.ts';
import { isRunEnded } from '@pipewright/shared/run/status.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import type { Fingerprint } from '../engine/fingerprint.ts';
import { resolvedStepOf, type Loop } from '../engine/loop.ts';
import { openEffects } from '../engine/open-effects.ts';
import { effectId, type RunEffect } from '../engine/run-effect.ts';
import { initialRunState, toEnginePlan, type EnginePlan, type RunState } from '../engine/run-state.ts';
import { transition, type Turn } from '../engine/transition.ts';
import type { Logger } from '../logger.ts';
import type { RunTurn, Store, TrackedAttempt } from '../store/store.ts';
import { summarizeRun } from './summarize-run.ts';
import { trackAttempts } from './track-attempts.ts';

/** What happened, before the actor has stamped it with the time. */
export type Happening = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'at'> : never) : never;

export interface ActorParts {
  readonly store: Store;
  readonly now: () => Instant;
  readonly logger: Logger;
  /** After the commit, in order. */
  readonly committed: (runId: RunId, events: readonly StoredRunEvent[]) => void;
  /**
   * Whether an effect only asks, and changes nothing in the world: it need not wait until it is stored that it was asked.
   */
  readonly isQuestion: (effect: RunEffect) => boolean;
  /** Answers those questions that can be answered at once. Must not throw. */
  readonly answer: (questions: readonly RunEffect[], actor: RunActor) => Promise<readonly Happening[]>;
  /** Performed after the commit; its outcome comes back through `send`. Must not throw. */
  readonly perform: (effect: RunEffect, actor: RunActor) => void;
}

/** Decisions that the plan came to a moment ago, by step, for the fingerprint that each of them is about. */
export type ForeseenDecisions = ReadonlyMap<string, { readonly hash: string; readonly decision: Happening }>;

export interface RunToAct {
  readonly summary: RunSummary;
  readonly snapshot: RunSnapshot;
  readonly history: readonly RunEvent[];
  readonly foreseen?: ForeseenDecisions;
}

/** So many events are stored together; then others have their turn, and who watches sees them. */
const mostEvents = 512;
/** So many questions are asked together. */
const mostQuestions = 128;

/**
 * One run's inbox. Events are taken in order; a turn folds what has arrived through the engine, has answered what can be
 * answered at once, stores events, rows and effects in one transaction, and only then tells the world and performs. A
 * turn that cannot be stored (a full disk) is tried again until it can: nothing is done that is not remembered.
 */
export class RunActor {
  readonly runId: RunId;
  readonly snapshot: RunSnapshot;
  /** Resolves when the run has ended and that is stored. */
  readonly ended: Promise<RunSummary>;
  readonly #parts: ActorParts;
  readonly #plan: EnginePlan;
  readonly #inbox: RunEvent[] = [];
  /** Stored as asked, not yet put to the world. */
  #questions: RunEffect[] = [];
  #foreseen: ForeseenDecisions;
  readonly #resolveEnded: (summary: RunSummary) => void;
  #state: RunState;
  #summary: RunSummary;
  #turn: Promise<void> = Promise.resolve();
  #isTurning = false;
  #isClosed = false;

  constructor(parts: ActorParts, run: RunToAct) {
    this.#parts = parts;
    this.#foreseen = run.foreseen ?? new Map();
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

  /** A loop or sweep that is under way. */
  loop(key: string): Loop | undefined {
    return this.#state.loops.get(key);
  }

  get steps(): ReadonlyMap<string, StepRun> {
    return this.#state.steps;
  }

  /** While the run begins, the plan's own decision; what comes later is looked up again. */
  foreseen(step: string, hash: string): Happening | undefined {
    const foreseen = this.#foreseen.get(step);
    return foreseen?.hash === hash ? foreseen.decision : undefined;
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
      while (this.#inbox.length > 0 || this.#questions.length > 0) await this.#takeTurn();
    } finally {
      // In the same breath as the look into the empty inbox: an event that comes later begins a turn of its own.
      this.#isTurning = false;
    }
  }

  async #takeTurn(): Promise<void> {
    const turn = new TurnRecord(this.#summary.lastSeq);
    const asked = this.#questions;
    this.#questions = [];
    this.#fold(turn, this.#inbox.splice(0));
    const unasked = await this.#ask(turn, asked);
    if (turn.events.length > 0) {
      await this.#store(turn.finish());
      this.#parts.committed(this.runId, turn.events);
    }
    this.#questions = unasked;
    if (unasked.length === 0) this.#foreseen = new Map();
    const later = new Set(unasked.map(effectId));
    for (const effect of [...this.#stillOpen(asked), ...turn.effects.values()]) if (!later.has(effectId(effect))) this.#parts.perform(effect, this);
    if (isRunEnded(this.#state.status)) this.#resolveEnded(this.#summary);
  }

  /** Puts questions to the world and folds the answers, and asks what these raise, until the turn is full; gives back what is left. */
  async #ask(turn: TurnRecord, before: readonly RunEffect[]): Promise<RunEffect[]> {
    // What was cancelled meanwhile asks nothing any more.
    const questions = [...this.#stillOpen(before), ...turn.takeQuestions(this.#parts.isQuestion)];
    while (questions.length > 0 && turn.events.length < mostEvents) {
      const answers = await this.#parts.answer(questions.splice(0, mostQuestions), this);
      const at = this.#parts.now();
      this.#fold(
        turn,
        answers.map((answer) => ({ ...answer, at })),
      );
      questions.push(...turn.takeQuestions(this.#parts.isQuestion));
    }
    return questions;
  }

  /** Questions of an earlier turn that nothing has settled. */
  #stillOpen(questions: readonly RunEffect[]): RunEffect[] {
    return questions.filter((question) => openEffects(this.#state, question.step).some((effect) => effectId(effect) === effectId(question)));
  }

  #fold(record: TurnRecord, events: readonly RunEvent[]): void {
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
      record.tracked.push(...trackAttempts(this.#summary, event, turn.effects));
      record.add({ ...event, seq: this.#summary.lastSeq, changes: { run: this.#summary, steps: [...turn.changed] } }, turn);
      for (const [step, fingerprint] of Object.entries(turn.fingerprints)) {
        record.fingerprints[step] = { fingerprint, component: this.resolvedStep(step)?.componentReference ?? null };
      }
    }
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

/** What a turn leaves behind, while it is written. */
class TurnRecord {
  readonly events: StoredRunEvent[] = [];
  readonly effects = new Map<string, RunEffect>();
  readonly fingerprints: Record<string, { fingerprint: Fingerprint; component: string | null }> = {};
  readonly tracked: TrackedAttempt[] = [];
  readonly #afterSeq: number;
  readonly #answered: string[] = [];
  #fresh: RunEffect[] = [];

  constructor(afterSeq: number) {
    this.#afterSeq = afterSeq;
  }

  add(event: StoredRunEvent, { effects, answered }: Pick<Turn, 'effects' | 'answered'>): void {
    this.events.push(event);
    for (const id of answered) if (!this.effects.delete(id)) this.#answered.push(id);
    for (const effect of effects) {
      this.effects.set(effectId(effect), effect);
      this.#fresh.push(effect);
    }
  }

  /** Those that came since this was asked last, and that nothing has settled in the same turn. */
  takeQuestions(isQuestion: (effect: RunEffect) => boolean): RunEffect[] {
    const questions = this.#fresh.filter((effect) => isQuestion(effect) && this.effects.has(effectId(effect)));
    this.#fresh = [];
    return questions;
  }

  finish(): RunTurn {
    const { events, fingerprints, tracked } = this;
    return { afterSeq: this.#afterSeq, events, effects: [...this.effects.values()], answered: this.#answered, fingerprints, tracked };
  }
}
