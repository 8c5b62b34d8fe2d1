import { assertNever } from '@pipewright/shared/assert-never.ts';
import { isStepEnded } from '@pipewright/shared/run/status.ts';
import type { StoredRunEvent } from '@pipewright/shared/run/run.ts';
import type { RunId } from '@pipewright/shared/ids.ts';
import type { AttemptHandle } from '../compute/step-runner.ts';
import type { RunEffect } from '../engine/run-effect.ts';
import { collectItems } from './collect-items.ts';
import { collectRounds, findNextRound } from './rounds.ts';
import { collectTrials } from './collect-trials.ts';
import { expandSweep } from './expand-sweep.ts';
import { SweepWatch } from './watch-sweep.ts';
import { describeDiskFailure } from '../storage-failure.ts';
import { collectOutputs } from './collect-outputs.ts';
import { deliverOutputs, hasDeliveries } from './deliver-outputs.ts';
import { decideSteps, type DecidedStep, type ReadyStep } from './decide-steps.ts';
import type { World } from './effect-context.ts';
import { expandItems } from './expand-items.ts';
import { areThere } from './look-up-earlier.ts';
import { answerFromReady, prepareStep } from './prepare-step.ts';
import type { Happening, RunActor } from './run-actor.ts';
import { startAttempt } from './start-attempt.ts';
import { waitUntil } from './wait-until.ts';

/** An attempt while this process looks after it: from waiting for a slot to its ending. */
export interface LiveAttempt {
  /** Fires when the attempt is to be stopped, or is no longer wanted. */
  readonly stopping: AbortController;
  handle: AttemptHandle | null;
  /** This server is being ended with Ctrl-C: whatever comes of the attempt, the step is tried again at the next start. */
  isInterrupted: boolean;
}

type EffectOf<T extends RunEffect['type']> = Extract<RunEffect, { type: T }>;

/**
 * Carries effects out into the world and brings their outcomes back to the run's inbox. Each outcome is an event; a bug
 * on the way becomes one too, so that a run never waits for an answer that cannot come.
 */
export class EffectPerformer {
  readonly #world: World;
  readonly #live = new Map<string, LiveAttempt>();
  /** Sweeps whose trials run. */
  readonly #sweeps = new Map<string, SweepWatch>();
  /** Attempts that failed and wait for the next one, and work for sweeps (as attempt 0). */
  readonly #waits = new Map<string, AbortController>();
  readonly #underWay = new Set<Promise<void>>();
  #isClosed = false;

  constructor(world: World) {
    this.#world = world;
  }

  /** Asks about earlier results and environments change nothing. */
  isQuestion({ type }: RunEffect): boolean {
    return type === 'decideStep' || type === 'prepareStep';
  }

  /** Those that a look into memory answers; what takes longer, or fails, is left to be performed. */
  async answer(questions: readonly RunEffect[], actor: RunActor): Promise<Happening[]> {
    if (this.#isClosed) return [];
    try {
      // What a reused step delivers is written into the world: that waits until it is stored that it was asked for.
      const decisions = questions.filter(isDecision).filter(({ step }) => !hasDeliveries(actor.snapshot.steps[step]));
      const decided = await this.#decide(decisions, actor);
      const prepared: Happening[] = [];
      for (const effect of questions) if (effect.type === 'prepareStep') prepared.push(...(await answerFromReady(this.#world, { actor, ...effect })));
      return [...decided, ...prepared];
    } catch (error) {
      this.#world.logger.warn({ err: error, run: actor.runId }, 'Questions could not be answered at once');
      return [];
    }
  }

  perform(effect: RunEffect, actor: RunActor): void {
    if (this.#isClosed) return;
    const work = this.#carryOut(effect, actor).catch((error: unknown) => this.#reportBug(effect, actor, error));
    this.#underWay.add(work);
    void work.finally(() => this.#underWay.delete(work));
  }

  /** Lets go of what ended steps no longer need: a build for a cancelled step, a place in the queue. */
  release(runId: RunId, events: readonly StoredRunEvent[]): void {
    for (const [key, watch] of this.#sweeps) if (key.startsWith(`${runId}/`)) watch.heard(events);
    for (const row of events.flatMap((event) => event.changes.steps)) {
      if (row.status === 'finalizing' || isStepEnded(row.status)) this.#waits.get(liveKey(runId, row.key, 0))?.abort();
      if (!isStepEnded(row.status)) continue;
      this.#live.get(liveKey(runId, row.key, row.attempts))?.stopping.abort();
      this.#waits.get(liveKey(runId, row.key, row.attempts))?.abort();
    }
  }

  /** Performs nothing further; attempts live on. */
  close(): void {
    this.#isClosed = true;
    for (const key of this.#sweeps.keys()) this.#waits.get(`${key}@0`)?.abort();
  }

  /** Stops every build and attempt and waits until all of it has come to its end. */
  async interrupt(): Promise<void> {
    this.#isClosed = true;
    for (const live of this.#live.values()) {
      live.isInterrupted = true;
      live.stopping.abort();
      live.handle?.stop();
    }
    for (const wait of this.#waits.values()) wait.abort();
    await Promise.allSettled(this.#underWay);
  }

  async #carryOut(effect: RunEffect, actor: RunActor): Promise<void> {
    switch (effect.type) {
      case 'decideStep':
        for (const happening of await this.#decide([effect], actor)) await this.#tellDecision(happening, effect.step, actor);
        return;
      case 'prepareStep':
        return await prepareStep(this.#world, { actor, ...effect, live: this.#liveOf(effect, actor) });
      case 'startAttempt':
        return await this.#start(effect, actor);
      case 'expandItems': {
        const sweep = actor.resolvedStep(effect.step)?.control?.sweep;
        if (!sweep) return await expandItems(this.#world, { actor, step: effect.step });
        return await this.#whileWanted(effect.step, actor, async (signal) => await expandSweep(this.#world, { actor, step: effect.step, sweep }, signal));
      }
      case 'watchSweep':
        return await this.#watchSweep(effect.step, actor);
      case 'findNextRound':
        return await findNextRound(this.#world, { actor, ...effect });
      case 'collectOutputs':
        if (actor.resolvedStep(effect.step)?.control?.sweep) return await this.#collectTrials(effect, actor);
        if (actor.resolvedStep(effect.step)?.control?.repeat) return await collectRounds(this.#world, { actor, ...effect });
        if (actor.resolvedStep(effect.step)?.control?.forEach) return await collectItems(this.#world, { actor, ...effect });
        return await collectOutputs(this.#world, { actor, ...effect });
      case 'waitToRetry':
        return await this.#waitToRetry(effect, actor);
      case 'stopAttempt': {
        const live = this.#liveOf(effect, actor);
        live.stopping.abort();
        live.handle?.stop();
        return;
      }
      default:
        return assertNever(effect);
    }
  }

  async #collectTrials(effect: EffectOf<'collectOutputs'>, actor: RunActor): Promise<void> {
    const sweep = actor.resolvedStep(effect.step)?.control?.sweep;
    if (sweep) await collectTrials(this.#world, { actor, ...effect, sweep });
  }

  async #watchSweep(step: string, actor: RunActor): Promise<void> {
    const sweep = actor.resolvedStep(step)?.control?.sweep;
    if (!sweep) return;
    const key = `${actor.runId}/${step}`;
    await this.#whileWanted(step, actor, async (signal) => {
      const watch = new SweepWatch({ world: this.#world, actor, step, sweep, signal });
      this.#sweeps.set(key, watch);
      try {
        await watch.watch();
      } finally {
        this.#sweeps.delete(key);
      }
    });
  }

  /** Work for a sweep as long as the sweep goes on and this server with it. */
  async #whileWanted(step: string, { runId }: RunActor, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const key = liveKey(runId, step, 0);
    const stopping = new AbortController();
    this.#waits.set(key, stopping);
    try {
      await work(stopping.signal);
    } catch (error) {
      if (!stopping.signal.aborted) throw error;
    } finally {
      if (this.#waits.get(key) === stopping) this.#waits.delete(key);
    }
  }

  async #decide(effects: readonly EffectOf<'decideStep'>[], actor: RunActor): Promise<Happening[]> {
    const foreseen: Happening[] = [];
    const ready: ReadyStep[] = [];
    for (const effect of effects) {
      const decision = actor.foreseen(effect.step, effect.fingerprint.hash);
      if (decision && (await this.#holdsStill(decision))) foreseen.push(decision);
      else ready.push(readyStepOf(effect, actor));
    }
    if (ready.length === 0) return foreseen;
    const { snapshot, summary, runId } = actor;
    const decided = await decideSteps(this.#world, { snapshot, origin: summary.origin, run: runId }, ready);
    return [...foreseen, ...[...decided].map(([step, outcome]) => toHappening(step, outcome))];
  }

  async #tellDecision(happening: Happening, step: string, actor: RunActor): Promise<void> {
    const failure = happening.type === 'step:reuse-found' ? await deliverOutputs(this.#world, { actor, step }, happening.outputs) : null;
    if (failure === null) return actor.send(happening);
    actor.send({ type: 'step:run-decided', step, reasons: happening.type === 'step:reuse-found' ? happening.reasons : [] });
    actor.send({ type: 'step:preparation-failed', step, failure });
  }

  /** Since the plan, somebody may have cleared up. The look also tells who does so now that this run relies on the bytes. */
  async #holdsStill(decision: Happening): Promise<boolean> {
    return decision.type !== 'step:reuse-found' || (await areThere(this.#world.artifacts, decision.outputs));
  }

  async #start(effect: EffectOf<'startAttempt'>, actor: RunActor): Promise<void> {
    const live = this.#liveOf(effect, actor);
    try {
      await startAttempt(this.#world, { actor, ...effect, live });
    } finally {
      this.#live.delete(liveKey(actor.runId, effect.step, effect.attempt));
    }
  }

  async #waitToRetry({ step, attempt, until }: EffectOf<'waitToRetry'>, actor: RunActor): Promise<void> {
    const key = liveKey(actor.runId, step, attempt);
    const stopping = new AbortController();
    this.#waits.set(key, stopping);
    try {
      await waitUntil(this.#world.clock, until, stopping.signal);
      actor.send({ type: 'step:retry-due', step, attempt });
    } catch (error) {
      if (!stopping.signal.aborted) throw error;
    } finally {
      this.#waits.delete(key);
    }
  }

  #liveOf(effect: { readonly step: string; readonly attempt: number }, actor: RunActor): LiveAttempt {
    const key = liveKey(actor.runId, effect.step, effect.attempt);
    const existing = this.#live.get(key);
    if (existing) return existing;
    const live: LiveAttempt = { stopping: new AbortController(), handle: null, isInterrupted: false };
    this.#live.set(key, live);
    return live;
  }

  #reportBug(effect: RunEffect, actor: RunActor, error: unknown): void {
    if (this.#isClosed) return;
    this.#world.logger.error({ err: error, run: actor.runId, effect: effect.type, step: effect.step }, 'An effect failed unexpectedly');
    const disk = describeDiskFailure(error);
    const internal = `Internal error while the step was at ${effect.type}: ${error instanceof Error ? error.message : String(error)}`;
    const message =
      disk === undefined ? internal : `The step cannot go on in the data folder: ${disk}. When that is mended (pipewright gc makes room), run it again.`;
    const failure = { reason: 'internal' as const, message, lastLines: [] };
    const { step } = effect;
    switch (effect.type) {
      case 'decideStep':
        return actor.send({ type: 'step:run-decided', step, reasons: [{ code: 'never-ran', text: 'earlier results could not be looked up' }] });
      case 'expandItems':
        return actor.send({ type: 'step:expansion-failed', step, failure });
      case 'findNextRound':
        return actor.send({ type: 'step:expansion-failed', step, failure, after: effect.after });
      case 'prepareStep':
        return actor.send({ type: 'step:preparation-failed', step, failure });
      case 'collectOutputs':
        return actor.send({ type: 'step:collection-failed', step, attempt: effect.attempt, failure });
      case 'watchSweep':
        // Its trials go on; those that do badly are not given up.
        return;
      case 'waitToRetry':
        return actor.send({ type: 'step:retry-due', step, attempt: effect.attempt });
      case 'startAttempt':
      case 'stopAttempt':
        return actor.send({ type: 'step:exited', step, attempt: effect.attempt, end: { kind: 'spawn-failed', message }, failure });
      default:
        return assertNever(effect);
    }
  }
}

const liveKey = (runId: RunId, step: string, attempt: number): string => `${runId}/${step}@${attempt}`;

const isDecision = (effect: RunEffect): effect is EffectOf<'decideStep'> => effect.type === 'decideStep';

function readyStepOf({ step: key, fingerprint }: EffectOf<'decideStep'>, actor: RunActor): ReadyStep {
  const step = actor.resolvedStep(key);
  if (!step) throw new Error(`Internal error: expected step ${key} in run ${actor.runId}`);
  return { key, step, fingerprint };
}

/** A decision as the run hears of it. */
export function toHappening(step: string, outcome: DecidedStep): Happening {
  if (outcome.decision === 'run') return { type: 'step:run-decided', step, reasons: [...outcome.reasons] };
  const { donor, outputs, reasons } = outcome;
  return { type: 'step:reuse-found', step, donor, outputs, reasons: [...reasons] };
}
