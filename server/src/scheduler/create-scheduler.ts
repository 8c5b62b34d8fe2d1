import type { RunId } from '@pipewright/shared/ids.ts';
import { hasErrors, type Problem } from '@pipewright/shared/graph/problem.ts';
import { pipelineTitle } from '@pipewright/shared/pipeline/pipeline-title.ts';
import type { LeftOutStep, Plan, PlannedStep } from '@pipewright/shared/run/plan.ts';
import type { RunSummary, StoredRunEvent } from '@pipewright/shared/run/run.ts';
import { describePart, isPart } from '@pipewright/shared/run/run-part.ts';
import type { RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import { isRunEnded } from '@pipewright/shared/run/status.ts';
import { initialSteps } from '../engine/run-state.ts';
import { resolveRun, type ResolvedRun, type ResolveParts } from '../resolve/resolve-run.ts';
import type { World } from './effect-context.ts';
import { EffectPerformer, toHappening } from './perform-effect.ts';
import { planRun, type RunPlan } from './plan-run.ts';
import { RunActor, type ActorParts, type ForeseenDecisions } from './run-actor.ts';
import { pinStandIns, standInOf } from './take-over.ts';
import { waitUntil } from './wait-until.ts';
import type { ResumeOutcome, ResumeRequest, RunListener, RunRequest, Scheduler, SubmitOutcome } from './scheduler.ts';

export interface SchedulerParts extends Omit<ResolveParts, 'mayFetch' | 'hasResult'> {
  readonly world: World;
}

export function createScheduler(parts: SchedulerParts): Scheduler {
  return new EmbeddedScheduler(parts);
}

/** One actor per unfinished run, all in this process. */
class EmbeddedScheduler implements Scheduler {
  readonly #parts: SchedulerParts;
  readonly #performer: EffectPerformer;
  readonly #actors = new Map<RunId, RunActor>();
  readonly #listeners = new Set<RunListener>();

  constructor(parts: SchedulerParts) {
    this.#parts = parts;
    this.#performer = new EffectPerformer(parts.world);
  }

  async plan(request: RunRequest): Promise<Plan> {
    const resolved = await this.#resolve(request, false);
    if (!resolved.ok) return { steps: [], problems: [...resolved.problems] };
    const { steps } = await planRun(this.#parts.world, resolved.snapshot, request.origin);
    return {
      steps: steps.map((step) => (resolved.missing.has(step.key) ? withMissing(step) : step)),
      problems: [...resolved.problems],
      ...leftOut(resolved.leftOut),
    };
  }

  async check(request: RunRequest): Promise<readonly Problem[]> {
    return (await this.#resolve(request, false)).problems;
  }

  async submit(request: RunRequest): Promise<SubmitOutcome> {
    // Its code is stored long before the run that names it.
    const release = this.#parts.world.artifacts.upkeep.hold();
    try {
      return await this.#accept(request);
    } finally {
      release();
    }
  }

  async #accept(request: RunRequest): Promise<SubmitOutcome> {
    const resolved = await this.#resolve(request, true);
    if (!resolved.ok || hasErrors(resolved.problems)) return { ok: false, problems: resolved.problems };
    const { world } = this.#parts;
    const { snapshot, inputs, problems } = resolved;
    const { document } = snapshot;
    const pipelineName = pipelineTitle(document);
    const { steps, decided } = await planRun(world, snapshot, request.origin);
    const summary = await world.store.runs.create({
      name: request.options.name ?? pipelineName,
      pipelineName,
      experiment: request.options.experiment ?? document.experiment_name ?? 'default',
      origin: request.origin,
      by: request.by,
      ...partOf(request.options, snapshot),
      queuedAt: world.clock.now().toISOString(),
      snapshot,
      inputs,
      plan: { steps, problems: [...problems], ...leftOut(resolved.leftOut) },
      steps: initialSteps(snapshot),
      text: request.text,
    });
    const actor = this.#adopt(new RunActor(this.#actorParts(), { summary, snapshot, history: [], foreseen: foreseenOf(decided) }));
    actor.send({ type: 'run:submitted' });
    return { ok: true, run: summary, problems };
  }

  async resume(runId: RunId, { by, options }: ResumeRequest): Promise<ResumeOutcome> {
    const record = await this.#parts.world.store.runs.get(runId);
    if (!record) return { ok: false, problems: [], why: `There is no run ${runId}.` };
    const { summary, snapshot } = record;
    if (!isRunEnded(summary.status)) return { ok: false, problems: [], why: `Run ${runId} has not ended yet: it is ${summary.status}.` };
    if (summary.status === 'completed' && !isPart(options)) {
      return { ok: false, problems: [], why: `Run ${runId} has completed: there is nothing left to do. Name steps to do them again.` };
    }
    const { document, layout, folder } = snapshot;
    const { experiment, name, origin } = summary;
    const resumes = [runId, ...(snapshot.resumes ?? [])];
    const text = await this.#parts.world.store.runs.textOf(runId);
    return await this.submit({ document, layout, text, folder, origin, by, options: { experiment, name, force: false, ...options }, resumes });
  }

  async cancel(runId: RunId, by: string): Promise<boolean> {
    const actor = this.#actors.get(runId);
    if (!actor) return false;
    actor.send({ type: 'run:cancel-requested', by });
    return true;
  }

  async recover(): Promise<void> {
    const { store, logger } = this.#parts.world;
    for (const runId of await store.runs.unfinished()) {
      const record = await store.runs.get(runId);
      if (!record || this.#actors.has(runId)) continue;
      const history = await store.runs.eventsAfter(runId, 0);
      const actor = this.#adopt(new RunActor(this.#actorParts(), { ...record, history }));
      logger.info({ run: runId }, 'Going on with an unfinished run');
      if (history.length === 0) actor.send({ type: 'run:submitted' });
      for (const effect of await store.runs.pendingEffects(runId)) this.#performer.perform(effect, actor);
    }
  }

  async ended(runId: RunId): Promise<RunSummary> {
    const actor = this.#actors.get(runId);
    if (actor) return await actor.ended;
    const summary = await this.#parts.world.store.runs.summary(runId);
    if (!summary) throw new Error(`Internal error: expected run ${runId} to exist`);
    return summary;
  }

  listen(listener: RunListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async interrupt(): Promise<void> {
    await this.#performer.interrupt();
    await this[Symbol.asyncDispose]();
  }

  /** Lets go without touching the attempts: the next server adopts them. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#performer.close();
    await Promise.all([...this.#actors.values()].map(async (actor) => await actor.close()));
  }

  async #resolve(request: RunRequest, mayFetch: boolean): Promise<ResolvedRun> {
    const hasResult: ResolveParts['hasResult'] = async (step, { origin, resumes }) => (await standInOf(this.#parts.world, { origin, resumes }, step)) !== null;
    const resolved = await resolveRun({ ...this.#parts, mayFetch, hasResult }, request);
    if (!resolved.ok || resolved.outside.size + resolved.pinned.size === 0) return resolved;
    const { snapshot, problems } = await pinStandIns(this.#parts.world, { ...resolved, origin: request.origin });
    return { ...resolved, snapshot, problems: [...resolved.problems, ...problems] };
  }

  #adopt(actor: RunActor): RunActor {
    this.#actors.set(actor.runId, actor);
    const done = new AbortController();
    void actor.ended.then(() => {
      done.abort();
      this.#actors.delete(actor.runId);
    });
    if (actor.snapshot.timeoutMs !== undefined) void this.#endInTime(actor, actor.snapshot.timeoutMs, done.signal);
    return actor;
  }

  /** The run's limit counts from its acceptance, over restarts. */
  async #endInTime(actor: RunActor, timeoutMs: number, signal: AbortSignal): Promise<void> {
    const until = new Date(Date.parse(actor.summary.queuedAt) + timeoutMs).toISOString();
    try {
      await waitUntil(this.#parts.world.clock, until, signal);
      actor.send({ type: 'run:timed-out' });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  #actorParts(): ActorParts {
    const { store, clock, logger } = this.#parts.world;
    return {
      store,
      logger,
      now: () => clock.now().toISOString(),
      committed: (runId, events) => this.#announce(runId, events),
      isQuestion: (effect) => this.#performer.isQuestion(effect),
      answer: async (questions, actor) => await this.#performer.answer(questions, actor),
      perform: (effect, actor) => this.#performer.perform(effect, actor),
    };
  }

  #announce(runId: RunId, events: readonly StoredRunEvent[]): void {
    this.#performer.release(runId, events);
    for (const listener of this.#listeners) listener.eventsAppended(runId, events);
  }
}

const leftOut = (steps: readonly LeftOutStep[]): Pick<Plan, 'leftOut'> => (steps.length === 0 ? {} : { leftOut: [...steps] });

function withMissing(step: PlannedStep): PlannedStep {
  const text = 'what is run reads it, and there is no earlier result of it';
  return { ...step, reasons: [{ code: 'missing', text }, ...step.reasons.filter(({ code }) => code !== 'never-ran')] };
}

function partOf({ from, to, only }: RunRequest['options'], { steps, nested }: RunSnapshot): Pick<RunSummary, 'part'> {
  const part = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), ...(only === undefined ? {} : { only }) };
  if (!isPart(part)) return {};
  return { part: { ...part, text: describePart(part, (step) => (steps[step] ?? nested?.[step])?.displayName ?? step) } };
}

function foreseenOf(decided: RunPlan['decided']): ForeseenDecisions {
  return new Map([...decided].map(([step, { hash, outcome }]) => [step, { hash, decision: toHappening(step, outcome) }]));
}
