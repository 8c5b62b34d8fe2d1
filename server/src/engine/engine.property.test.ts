import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dose } from '@pipewright/shared/testing/dose.ts';
import type { StepEnd } from '@pipewright/shared/run/step-failure.ts';
import type { ResolvedControl } from '@pipewright/shared/run/run-snapshot.ts';
import { countStatuses } from '@pipewright/shared/run/step-run.ts';
import { isRunEnded, isStepDone, isStepEnded } from '@pipewright/shared/run/status.ts';
import type { Sweep } from '@pipewright/shared/sweep/sweep.ts';
import { SimulatedWorld } from '../testing/simulated-world.ts';
import { snapshotOf, type StepShape } from '../testing/snapshot-builder.ts';
import { openEffects } from './open-effects.ts';
import { effectId } from './run-effect.ts';
import { initialRunState, toEnginePlan, type EnginePlan } from './run-state.ts';
import { transition } from './transition.ts';

const ends: readonly StepEnd[] = [
  { kind: 'exited', exitCode: 0 },
  { kind: 'exited', exitCode: 0 },
  { kind: 'exited', exitCode: 0 },
  { kind: 'exited', exitCode: 1 },
  { kind: 'timed-out', timeoutMs: 5 },
  { kind: 'lost', message: 'gone' },
];
const well = ends[0] ?? { kind: 'exited', exitCode: 0 };

const anyStep = fc.record({
  reads: fc.array(fc.nat(9), { maxLength: 3 }),
  mayRead: fc.array(fc.nat(9), { maxLength: 2 }),
  after: fc.array(fc.nat(9), { maxLength: 2 }),
  when: fc.constantFrom(null, null, null, 'always', 'failed', 'succeeded', 'true', 'false', 'status'),
  retries: fc.nat(2),
  items: fc.constantFrom(null, null, null, 0, 1, 3),
  isRepeated: fc.boolean(),
  itemsAtOnce: fc.constantFrom(null, 1, 2),
  /** What loops is a sweep, of one kind or the other. */
  sweep: fc.constantFrom(
    null,
    null,
    { learns: false, givesUp: true, ends: false },
    { learns: true, givesUp: false, ends: false },
    { learns: true, givesUp: true, ends: true },
  ),
  isReused: fc.boolean(),
  ends: fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }),
});

/** A run of up to ten steps, each of which may only wait for those before it, and a world with its accidents. */
const anyRun = fc.record({
  steps: fc.array(anyStep, { minLength: 1, maxLength: 10 }),
  maxParallel: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
  continueOnStepFailure: fc.boolean(),
  hasLastStep: fc.boolean(),
  accidents: fc.array(fc.constantFrom('crash', 'crash', 'interrupt', 'cancel', 'time'), { maxLength: 4 }),
  chances: fc.infiniteStream(fc.nat(999_999)),
});
type AnyRun = typeof anyRun extends fc.Arbitrary<infer T> ? T : never;

function planOf({ steps, maxParallel, continueOnStepFailure, hasLastStep }: AnyRun): EnginePlan {
  const shapes: Record<string, StepShape> = {};
  for (const [index, step] of steps.entries()) {
    const above = (picks: readonly number[]): string[] => [...new Set(picks.filter((pick) => pick < index))].map((pick) => `s${pick}`);
    const isLast = hasLastStep && index === steps.length - 1;
    const [after, first] = [above(step.reads), above(step.after)[0]];
    const control: Partial<ResolvedControl> = {
      after: above(step.after),
      when: step.when === 'status' ? (first === undefined ? null : `\${{parent.jobs.${first}.status}} == 'completed'`) : step.when,
      retry: step.retries === 0 ? null : { count: step.retries, backoffMs: 1, factor: 1, maxBackoffMs: 1, jitter: 0, on: ['failed', 'lost'], exitCodes: null },
      ...(step.items !== null && step.sweep && !isLast ? { sweep: sweepOf(step.sweep, step.itemsAtOnce) } : {}),
      ...(isRepeated(step) && !isLast ? { repeat: { while: 'data', feed: {}, max: mostRounds } } : {}),
      forEach:
        step.items === null || isLast || step.sweep || isRepeated(step)
          ? null
          : { items: { kind: 'list', items: [] }, input: 'item', maxParallel: step.itemsAtOnce },
    };
    shapes[`s${index}`] = { after, maybeAfter: above(step.mayRead).filter((key) => !after.includes(key)), control };
  }
  const last = hasLastStep ? { finalStep: `s${steps.length - 1}` } : {};
  return toEnginePlan(snapshotOf(shapes, { maxParallel, continueOnStepFailure, ...last }));
}

const mostRounds = 2;
const isRepeated = ({ items, sweep, isRepeated: isIt }: AnyRun['steps'][number]): boolean => items !== null && !sweep && isIt;

function sweepOf({ learns, givesUp, ends: isTimed }: { learns: boolean; givesUp: boolean; ends: boolean }, maxConcurrent: number | null): Sweep {
  return {
    space: {},
    algorithm: learns ? 'bayesian' : 'grid',
    seed: 0,
    metric: 'score',
    goal: 'maximize',
    maxTotal: 5,
    maxConcurrent,
    timeoutMs: isTimed ? 1 : null,
    earlyTermination: givesUp ? { type: 'median_stopping', evaluation_interval: 1, delay_evaluation: 0 } : null,
  };
}

const indexOf = (step: string): number => Number(/\d+/.exec(step)?.[0]);

function worldOf(run: AnyRun, plan: EnginePlan): SimulatedWorld {
  const of = (step: string) => run.steps[indexOf(step)];
  const chance = (below: number): number => (run.chances.next().value ?? 0) % below;
  return new SimulatedWorld(
    plan,
    {
      endOf: (step, attempt) => ends[of(step)?.ends[attempt - 1] ?? 0] ?? well,
      isReused: (step) => of(step)?.isReused ?? false,
      itemsOf: (step) => of(step)?.items ?? 0,
    },
    chance,
  );
}

/** What holds at every moment. */
function checkMoment(world: SimulatedWorld, plan: EnginePlan): void {
  const { snapshot } = plan;
  if (snapshot.maxParallel !== null) expect(world.running.size).toBeLessThanOrEqual(snapshot.maxParallel);
  for (const loop of world.state.loops.values()) if (loop.isRepeat) expect([loop.active.size <= 1, loop.items.length <= mostRounds]).toEqual([true, true]);
  const steps = [...world.running].map((id) => id.slice(0, id.indexOf('@')));
  expect(new Set(steps).size).toBe(steps.length);
  for (const step of steps) {
    const links = plan.links.get(step) ?? plan.links.get(step.slice(0, step.indexOf('/')));
    for (const { step: source, isOptional } of links?.data ?? []) {
      const row = world.state.steps.get(source);
      if (!isOptional) expect(row && isStepDone(row.status)).toBe(true);
      else expect(row && isStepEnded(row.status)).toBe(true);
    }
  }
  const derived = [...world.state.steps.keys()].flatMap((key) => openEffects(world.state, key)).map(effectId);
  expect(world.pending.map(effectId).toSorted()).toEqual(derived.toSorted());
}

/** What holds when nothing is left to happen. */
function checkEnd(world: SimulatedWorld, plan: EnginePlan, run: AnyRun): void {
  const { state, log } = world;
  expect(isRunEnded(state.status)).toBe(true);
  for (const row of state.steps.values()) {
    expect(isStepEnded(row.status)).toBe(true);
    const retries = plan.snapshot.steps[row.key]?.control?.retry?.count ?? 0;
    expect(row.attempts - (row.interruptions ?? 0)).toBeLessThanOrEqual(retries + 1);
  }
  expect([...state.steps.keys()]).toEqual(run.steps.map((_, index) => `s${index}`));
  expect([state.loops, state.deciding, state.expanding, state.dispatched, state.held].map(({ size }) => size)).toEqual([0, 0, 0, 0, 0]);
  expect(state.left).toBe(0);
  expect(state.counts).toEqual(countStatuses(state.steps.values()));
  const replayed = log.reduce((before, event) => transition(plan, before, event).state, initialRunState(plan.snapshot));
  expect(replayed).toEqual(state);
  const ended = log.findIndex((_, index) => isRunEnded(stateAfter(plan, log, index)));
  expect(ended).toBe(log.length - 1);
}

function stateAfter(plan: EnginePlan, log: SimulatedWorld['log'], index: number) {
  return log.slice(0, index + 1).reduce((state, event) => transition(plan, state, event).state, initialRunState(plan.snapshot)).status;
}

describe('a run of any shape', () => {
  it('comes to its one end whatever is late, doubled, lost, interrupted or cancelled, and is never over a limit', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        const plan = planOf(run);
        const world = worldOf(run, plan);
        const accidents = [...run.accidents];
        for (let turns = 0; world.step(); turns += 1) {
          expect(turns).toBeLessThan(3000);
          checkMoment(world, plan);
          if (accidents.length > 0 && (run.chances.next().value ?? 0) % 12 === 0) {
            happen(world, accidents.pop());
            checkMoment(world, plan);
          }
        }
        checkEnd(world, plan, run);
      }),
      dose(500),
    );
  });
});

function happen(world: SimulatedWorld, accident: AnyRun['accidents'][number] | undefined): void {
  switch (accident) {
    case 'crash':
      return world.crash();
    case 'interrupt':
      return world.interrupt();
    case 'cancel':
      return world.cancel();
    case 'time':
      return world.runOutOfTime();
    case undefined:
  }
}
