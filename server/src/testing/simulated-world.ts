import type { Instant } from '@pipewright/shared/ids.ts';
import { ContentHash } from '@pipewright/shared/ids.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { RunEvent } from '@pipewright/shared/run/run-event.ts';
import type { StepEnd } from '@pipewright/shared/run/step-failure.ts';
import { effectId, type RunEffect } from '../engine/run-effect.ts';
import { initialRunState, type EnginePlan, type RunState } from '../engine/run-state.ts';
import { transition } from '../engine/transition.ts';

/** From 0 to `below`, exclusive. */
export type Chance = (below: number) => number;

export interface WorldPlan {
  /** How a step's attempts end, by the number of the attempt; well unless said. */
  readonly endOf: (step: string, attempt: number) => StepEnd;
  readonly isReused: (step: string) => boolean;
  readonly itemsOf: (step: string) => number;
}

const at: Instant = '2026-01-01T00:00:00.000Z';
const artifact: Artifact = { hash: ContentHash.parse('a'.repeat(64)), type: 'uri_folder', isFolder: true, sizeBytes: 1, fileCount: 1 };

/**
 * Plays everything outside the engine: effects are performed, their answers come late, in any order and twice, and the
 * process that waits for them may die between any two of them. What was stored is all that a new process knows.
 */
export class SimulatedWorld {
  readonly log: RunEvent[] = [];
  /** Attempts that run now, as `step@attempt`; the truth, whoever knows of it. */
  readonly running = new Set<string>();
  readonly #ended = new Map<string, StepEnd>();
  readonly #plan: EnginePlan;
  readonly #world: WorldPlan;
  readonly #chance: Chance;
  /** Stored with the events, until they are answered. */
  readonly #pending = new Map<string, RunEffect>();
  /** Answers under way; they die with the process. */
  #inbox: RunEvent[] = [];
  state: RunState;

  constructor(plan: EnginePlan, world: WorldPlan, chance: Chance) {
    this.#plan = plan;
    this.#world = world;
    this.#chance = chance;
    this.state = initialRunState(plan.snapshot);
    this.#inbox.push({ type: 'run:submitted', at });
  }

  get pending(): readonly RunEffect[] {
    return [...this.#pending.values()];
  }

  /** Takes one of the answers under way, whichever; false: there is none. */
  step(): boolean {
    if (this.#inbox.length === 0) return false;
    const index = this.#chance(this.#inbox.length);
    const [event] = this.#chance(10) === 0 ? [this.#inbox[index]] : this.#inbox.splice(index, 1);
    if (event) this.deliver(event);
    return true;
  }

  deliver(event: RunEvent): void {
    if (event.type === 'step:exited') {
      const id = `${event.step}@${event.attempt}`;
      this.running.delete(id);
      this.#ended.set(id, this.#ended.get(id) ?? event.end);
    }
    const turn = transition(this.#plan, this.state, event);
    const isNews = turn.changed.length > 0 || turn.effects.length > 0 || turn.state.status !== this.state.status;
    if (!isNews) return;
    this.state = turn.state;
    this.log.push(event);
    for (const id of turn.answered) this.#pending.delete(id);
    for (const effect of turn.effects) this.#pending.set(effectId(effect), effect);
    for (const effect of turn.effects) this.#perform(effect);
  }

  /** Everything that was not stored is gone; a new process reads the log and performs what was never answered. */
  crash(): void {
    this.#inbox = [];
    this.state = this.log.reduce((state, event) => transition(this.#plan, state, event).state, initialRunState(this.#plan.snapshot));
    if (this.log.length === 0) this.#inbox.push({ type: 'run:submitted', at });
    for (const effect of this.pending) this.#perform(effect);
  }

  cancel(): void {
    this.deliver({ type: 'run:cancel-requested', at, by: 'Ada' });
  }

  runOutOfTime(): void {
    this.deliver({ type: 'run:timed-out', at });
  }

  /** Ctrl-C: every attempt ends, and says so; then the process is gone. */
  interrupt(): void {
    for (const id of this.running) {
      const [step = '', attempt = ''] = id.split('@');
      this.#ended.set(id, { kind: 'signalled', signal: 'SIGTERM' });
      this.deliver({ type: 'step:started', at, step, attempt: Number(attempt) });
      this.deliver({ type: 'step:interrupted', at, step, attempt: Number(attempt) });
    }
    this.running.clear();
    this.crash();
  }

  #perform(effect: RunEffect): void {
    const { step } = effect;
    switch (effect.type) {
      case 'decideStep':
        this.#inbox.push(
          this.#world.isReused(step)
            ? { type: 'step:reuse-found', at, step, donor: { run: '1', step }, reasons: [], outputs: { data: artifact } }
            : { type: 'step:run-decided', at, step, reasons: [] },
        );
        return;
      case 'expandItems': {
        const count = this.#world.itemsOf(step);
        const { sweep, repeat } = this.#plan.snapshot.steps[step]?.control ?? {};
        if (repeat) {
          this.#inbox.push({ type: 'step:expanded', at, step, items: [{ inputs: {} }], upTo: repeat.max });
          return;
        }
        const items = Array.from({ length: count }, (_, value) => (sweep ? { values: { x: value } } : { value }));
        this.#inbox.push({ type: 'step:expanded', at, step, items, ...(sweep?.algorithm === 'bayesian' ? { upTo: count + 2 } : {}) });
        return;
      }
      case 'watchSweep':
        return this.#lookAfter(step);
      case 'findNextRound':
        return this.#findNextRound(step, effect.after);
      case 'prepareStep':
        this.#inbox.push({ type: 'step:prepared', at, step, notes: [] });
        return;
      case 'startAttempt':
        return this.#start(step, effect.attempt);
      case 'stopAttempt': {
        const end = this.#ended.get(`${step}@${effect.attempt}`) ?? { kind: 'signalled', signal: 'SIGTERM' };
        this.#inbox.push({ type: 'step:exited', at, step, attempt: effect.attempt, end });
        return;
      }
      case 'collectOutputs':
        this.#inbox.push({ type: 'step:collected', at, step, attempt: effect.attempt, outputs: { data: artifact }, notes: [], isReusable: true });
        return;
      case 'waitToRetry':
        this.#inbox.push({ type: 'step:retry-due', at, step, attempt: effect.attempt });
    }
  }

  /** What a sweep may hear: something else to try, that a trial does badly, that its time is up. */
  #lookAfter(step: string): void {
    const sweep = this.#plan.snapshot.steps[step]?.control?.sweep;
    if (sweep?.earlyTermination) this.#inbox.push({ type: 'step:given-up', at, step: `${step}/1`, attempt: 1, why: 'it does badly' });
    if (sweep?.algorithm === 'bayesian') {
      this.#inbox.push({ type: 'step:items-added', at, step, items: [{ values: { x: -1 } }], areLast: false });
      this.#inbox.push({ type: 'step:items-added', at, step, items: [], areLast: true });
    }
    if (sweep && sweep.timeoutMs !== null) this.#inbox.push({ type: 'step:time-up', at, step });
  }

  /** As many rounds as the step would have items; where that is none, what the first one said cannot be read. */
  #findNextRound(step: string, after: number): void {
    const count = this.#world.itemsOf(step);
    const failure = { reason: 'items' as const, message: 'unreadable', lastLines: [] };
    if (count === 0) this.#inbox.push({ type: 'step:expansion-failed', at, step, failure, after });
    else this.#inbox.push({ type: 'step:items-added', at, step, items: after < count ? [{ inputs: {} }] : [], areLast: after >= count, after });
  }

  /** An attempt that was started before is adopted: it ended meanwhile, or runs on. */
  #start(step: string, attempt: number): void {
    const id = `${step}@${attempt}`;
    if (!this.#ended.has(id)) this.running.add(id);
    this.#inbox.push({ type: 'step:started', at, step, attempt });
    const end = this.#ended.get(id) ?? this.#world.endOf(step, attempt);
    this.#inbox.push({ type: 'step:exited', at, step, attempt, end });
  }
}
