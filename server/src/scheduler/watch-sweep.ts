import type { StoredRunEvent } from '@pipewright/shared/run/run.ts';
import { isStepEnded } from '@pipewright/shared/run/status.ts';
import { whyStopTrial, type MetricHistory } from '@pipewright/shared/sweep/early-termination.ts';
import type { Sweep } from '@pipewright/shared/sweep/sweep.ts';
import { itemKey } from '@pipewright/shared/run/item-key.ts';
import type { World } from './effect-context.ts';
import type { RunActor } from './run-actor.ts';
import { historyOf, resultOf } from './sweep-results.ts';
import { suggestTrial, type Trial } from './suggest-trial.ts';
import { waitUntil } from './wait-until.ts';

interface WatchedSweep {
  readonly world: World;
  readonly actor: RunActor;
  readonly step: string;
  readonly sweep: Sweep;
  readonly signal: AbortSignal;
}

/**
 * Looks after a sweep while its trials run: gives up those that do badly, finds out what to try next, and ends it when its
 * time is up. What it knows it has from the store, so that it can begin anew after a crash.
 */
export class SweepWatch {
  readonly #watched: WatchedSweep;
  readonly #histories = new Map<string, MetricHistory>();
  /** One piece of work after the other: a judgement looks at all trials. */
  #work: Promise<void> = Promise.resolve();

  constructor(watched: WatchedSweep) {
    this.#watched = watched;
  }

  /** Resolves when the signal fires. */
  async watch(): Promise<void> {
    const { world, actor, step, sweep, signal } = this.#watched;
    const stopListening = world.metricNews.listen(({ runId, step: key }) => {
      if (runId === actor.runId && this.#isTrial(key)) this.#soon(async () => await this.#judge(key));
    });
    this.#soon(async () => await this.#beginAnew());
    try {
      const row = actor.step(step);
      if (sweep.timeoutMs !== null && row?.status === 'running') {
        await waitUntil(world.clock, new Date(Date.parse(row.startedAt) + sweep.timeoutMs).toISOString(), signal);
        actor.send({ type: 'step:time-up', step });
      }
      await untilAborted(signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      stopListening();
      await this.#work;
    }
  }

  /** Rows of the run have changed: a trial that has ended makes room for another. */
  heard(events: readonly StoredRunEvent[]): void {
    const hasEnded = events.some(({ changes }) => changes.steps.some((row) => this.#isTrial(row.key) && isStepEnded(row.status)));
    if (hasEnded) this.#soon(async () => await this.#suggest());
  }

  #isTrial(key: string): boolean {
    return key.startsWith(`${this.#watched.step}/`);
  }

  #soon(task: () => Promise<void>): void {
    const { world, actor, step, signal } = this.#watched;
    this.#work = this.#work.then(async () => {
      if (signal.aborted) return;
      try {
        await task();
      } catch (error) {
        world.logger.error({ err: error, run: actor.runId, step }, 'A sweep could not be looked after');
      }
    });
  }

  async #beginAnew(): Promise<void> {
    const { world, actor, sweep } = this.#watched;
    if (sweep.earlyTermination) {
      for (const { key, row } of await this.#trials())
        this.#histories.set(key, await historyOf(world.store.tracking, { runId: actor.runId, row }, sweep.metric));
    }
    await this.#suggest();
  }

  async #judge(key: string): Promise<void> {
    const { world, actor, sweep } = this.#watched;
    const policy = sweep.earlyTermination;
    const row = actor.step(key);
    if (!policy || row?.status !== 'running') return;
    const own = await historyOf(world.store.tracking, { runId: actor.runId, row }, sweep.metric);
    if (own.length === (this.#histories.get(key)?.length ?? 0)) return;
    this.#histories.set(key, own);
    const others = [...this.#histories].flatMap(([other, history]) => (other === key ? [] : [history]));
    const why = whyStopTrial({ policy, goal: sweep.goal, metric: sweep.metric, own, others });
    if (why !== null) actor.send({ type: 'step:given-up', step: key, attempt: row.attempts, why });
  }

  /** One more trial where the sweep learns from its trials and has room. */
  async #suggest(): Promise<void> {
    const { world, actor, step, sweep, signal } = this.#watched;
    const loop = actor.loop(step);
    if (sweep.algorithm !== 'bayesian' || !loop?.isOpen || loop.closed !== null) return;
    const isWaiting = loop.begun < loop.items.length;
    const isFull = loop.active.size >= (sweep.maxConcurrent ?? 1);
    if (isWaiting || isFull) return;
    const environment = await world.environments.ready(actor.snapshot.steps[step]?.environment ?? null);
    if (!environment) return actor.send({ type: 'step:items-added', step, items: [], areLast: true });
    const suggestion = await suggestTrial(sweep, await this.#tried(), { environment, signal });
    if (signal.aborted) return;
    if (!suggestion.ok) {
      world.logger.error({ run: actor.runId, step, why: suggestion.message }, 'No further trial could be suggested');
      return actor.send({ type: 'step:items-added', step, items: [], areLast: true });
    }
    actor.send({ type: 'step:items-added', step, items: [{ values: suggestion.values }], areLast: false });
  }

  async #tried(): Promise<Trial[]> {
    const { world, actor, step, sweep } = this.#watched;
    const sign = sweep.goal === 'maximize' ? 1 : -1;
    const tried: Trial[] = [];
    for (const [index, item] of (actor.loop(step)?.items ?? []).entries()) {
      if (!('values' in item)) continue;
      const row = await world.store.runs.step(actor.runId, itemKey(step, index));
      const isEnded = row !== undefined && isStepEnded(row.status);
      const result = isEnded ? await resultOf(world.store.tracking, { runId: actor.runId, row }, sweep) : null;
      tried.push({ values: item.values, score: result === null ? (isEnded ? 'none' : 'under-way') : result * sign });
    }
    return tried;
  }

  async #trials() {
    const { world, actor, step } = this.#watched;
    const begun = actor.loop(step)?.begun ?? 0;
    const keys = Array.from({ length: begun }, (_, index) => itemKey(step, index));
    const rows = await Promise.all(keys.map(async (key) => ({ key, row: await world.store.runs.step(actor.runId, key) })));
    return rows.flatMap(({ key, row }) => (row ? [{ key, row }] : []));
  }
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => resolve(), { once: true });
  await promise;
}
