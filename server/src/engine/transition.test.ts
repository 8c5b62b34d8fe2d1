import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import { ContentHash } from '@pipewright/shared/ids.ts';
import type { RunEvent } from '@pipewright/shared/run/run-event.ts';
import { isRunEnded, isStepDone, isStepEnded } from '@pipewright/shared/run/status.ts';
import { dose } from '@pipewright/shared/testing/dose.ts';
import { snapshotOf, type StepShape } from '../testing/snapshot-builder.ts';
import { openEffects } from './open-effects.ts';
import { effectId, type RunEffect } from './run-effect.ts';
import { initialRunState, toEnginePlan, type EnginePlan, type RunState } from './run-state.ts';
import { transition } from './transition.ts';

// Drawings: A ──> B reads required data, A ··> B reads optional data; ✗ fails.

const at = '2026-01-01T00:00:00.000Z';
const artifact: Artifact = { hash: ContentHash.parse('a'.repeat(64)), type: 'uri_folder', isFolder: true, sizeBytes: 1, fileCount: 1 };

/** Plays the world: answers effects until the run ends, as `exitCodes` says; `reused` steps find a donor. */
function play(plan: EnginePlan, world: { exitCodes?: Record<string, number>; reused?: ReadonlySet<string> } = {}) {
  const started: string[] = [];
  let most = 0;
  let state = initialRunState(plan.snapshot);
  const queue: RunEvent[] = [{ type: 'run:submitted', at }];
  const log: RunEvent[] = [];
  for (let event = queue.shift(); event; event = queue.shift()) {
    log.push(event);
    const turn = transition(plan, state, event);
    state = turn.state;
    most = Math.max(most, [...state.steps.values()].filter((row) => row.status === 'running').length);
    for (const effect of turn.effects) queue.push(...answer(effect));
  }
  return { state, started, most, log };

  function answer(effect: RunEffect): RunEvent[] {
    switch (effect.type) {
      case 'decideStep':
        return world.reused?.has(effect.step)
          ? [{ type: 'step:reuse-found', at, step: effect.step, donor: { run: '1', step: effect.step }, reasons: [], outputs: { data: artifact } }]
          : [{ type: 'step:run-decided', at, step: effect.step, reasons: [] }];
      case 'prepareStep':
        return [{ type: 'step:prepared', at, step: effect.step, notes: [] }];
      case 'startAttempt': {
        started.push(effect.step);
        const exitCode = world.exitCodes?.[effect.step] ?? 0;
        const { step, attempt } = effect;
        return [
          { type: 'step:started', at, step, attempt },
          { type: 'step:exited', at, step, attempt, end: { kind: 'exited', exitCode } },
        ];
      }
      case 'expandItems':
        return [{ type: 'step:expanded', at, step: effect.step, items: [{ value: 'x' }, { value: 'y' }] }];
      case 'watchSweep':
      case 'findNextRound':
        return [];
      case 'waitToRetry':
        return [{ type: 'step:retry-due', at, step: effect.step, attempt: effect.attempt }];
      case 'collectOutputs':
        return [{ type: 'step:collected', at, step: effect.step, attempt: effect.attempt, outputs: { data: artifact }, notes: [], isReusable: true }];
      case 'stopAttempt':
        return [{ type: 'step:exited', at, step: effect.step, attempt: effect.attempt, end: { kind: 'signalled', signal: 'SIGTERM' } }];
    }
  }
}

const statuses = (state: RunState): Record<string, string> => Object.fromEntries([...state.steps].map(([key, row]) => [key, row.status]));
const planOf = (shapes: Record<string, StepShape>, settings = {}) => toEnginePlan(snapshotOf(shapes, settings));

describe('transition', () => {
  it('runs a chain in order and completes', () => {
    // a ──> b ──> c
    const { state, started } = play(planOf({ a: {}, b: { after: ['a'] }, c: { after: ['b'] } }));
    expect(started).toEqual(['a', 'b', 'c']);
    expect(state.status).toBe('completed');
  });

  it('blocks everything that must read a failed step, and names the step that failed', () => {
    // a✗ ──> b ──> c     d
    const { state } = play(planOf({ a: {}, b: { after: ['a'] }, c: { after: ['b'] }, d: {} }), { exitCodes: { a: 1 } });
    expect(statuses(state)).toEqual({ a: 'failed', b: 'blocked', c: 'blocked', d: 'completed' });
    expect(state.steps.get('c')).toMatchObject({ by: ['a'] });
    expect(state.status).toBe('failed');
  });

  it('runs the reader of a failed optional input without it', () => {
    // a✗ ··> b
    const { state } = play(planOf({ a: {}, b: { maybeAfter: ['a'] } }), { exitCodes: { a: 1 } });
    expect(statuses(state)).toEqual({ a: 'failed', b: 'completed' });
    expect(state.status).toBe('failed');
  });

  it('stops everything at the first failure when the pipeline says so', () => {
    // a✗   b ──> c   (one place: b has not begun)
    const plan = planOf({ a: {}, b: {}, c: { after: ['b'] } }, { continueOnStepFailure: false, maxParallel: 1 });
    const { state } = play(plan, { exitCodes: { a: 3 } });
    expect(statuses(state)).toEqual({ a: 'failed', b: 'cancelled', c: 'cancelled' });
    expect(state.steps.get('b')).toMatchObject({ by: 'failure of a' });
    expect(state.status).toBe('failed');
  });

  it('never runs more steps at once than the pipeline allows', () => {
    const shapes = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`s${index}`, {}]));
    expect(play(planOf(shapes, { maxParallel: 2 })).most).toBeLessThanOrEqual(2);
  });

  it('does not start what is reused', () => {
    const { state, started } = play(planOf({ a: {}, b: { after: ['a'] } }), { reused: new Set(['a']) });
    expect(started).toEqual(['b']);
    expect(statuses(state)).toEqual({ a: 'reused', b: 'completed' });
  });

  it('cancels what has not begun at once, and ends when the running step has', () => {
    // a(running) ──> b
    const plan = planOf({ a: {}, b: { after: ['a'] } });
    const running = run(plan, [
      { type: 'run:submitted', at },
      { type: 'step:run-decided', at, step: 'a', reasons: [] },
      { type: 'step:prepared', at, step: 'a', notes: [] },
      { type: 'step:started', at, step: 'a', attempt: 1 },
    ]);
    const cancelled = transition(plan, running, { type: 'run:cancel-requested', at, by: 'Ada' });
    expect(cancelled.effects).toEqual([{ type: 'stopAttempt', step: 'a', attempt: 1 }]);
    expect(cancelled.state.status).toBe('cancelling');
    const ended = transition(plan, cancelled.state, {
      type: 'step:exited',
      at,
      step: 'a',
      attempt: 1,
      end: { kind: 'signalled', signal: 'SIGTERM' },
    });
    expect(statuses(ended.state)).toEqual({ a: 'cancelled', b: 'cancelled' });
    expect(ended.state.status).toBe('cancelled');
    expect(ended.answered.toSorted()).toEqual(['startAttempt:a@1', 'stopAttempt:a@1']);
  });

  it('tries an interrupted step again, and does not let the old attempt end the new one', () => {
    const plan = planOf({ a: {} });
    const interrupted = run(plan, [
      { type: 'run:submitted', at },
      { type: 'step:run-decided', at, step: 'a', reasons: [] },
      { type: 'step:prepared', at, step: 'a', notes: [] },
      { type: 'step:started', at, step: 'a', attempt: 1 },
      { type: 'step:interrupted', at, step: 'a', attempt: 1 },
    ]);
    expect(interrupted.steps.get('a')).toMatchObject({ status: 'preparing', attempts: 2 });
    const ghost = transition(plan, interrupted, { type: 'step:exited', at, step: 'a', attempt: 1, end: { kind: 'exited', exitCode: 0 } });
    expect(ghost.changed).toEqual([]);
    expect(ghost.effects).toEqual([]);
  });

  it('is never stuck, respects dependencies and the limit, and replays to the same state', () => {
    fc.assert(
      fc.property(randomRun, ({ shapes, exitCodes, reused, maxParallel, continueOnStepFailure }) => {
        const plan = planOf(shapes, { maxParallel, continueOnStepFailure });
        const { state, log, most } = play(plan, { exitCodes, reused });
        expect(isRunEnded(state.status)).toBe(true);
        expect([...state.steps.values()].every((row) => isStepEnded(row.status))).toBe(true);
        if (maxParallel !== null) expect(most).toBeLessThanOrEqual(maxParallel);
        for (const [key, shape] of Object.entries(shapes)) {
          const row = state.steps.get(key);
          if (row?.status !== 'completed' && row?.status !== 'reused') continue;
          for (const source of shape.after ?? []) expect(isStepDone(state.steps.get(source)?.status ?? 'waiting')).toBe(true);
        }
        expect(run(plan, log)).toEqual(state);
        expect([...state.steps.keys()].flatMap((key) => openEffects(state, key))).toEqual([]);
      }),
      dose(300),
    );
  });

  it('comes to the same end whatever is repeated, late, or cancelled in between', () => {
    fc.assert(
      fc.property(randomRun, fc.infiniteStream(fc.nat(99)), ({ shapes, exitCodes, reused, maxParallel }, chance) => {
        const plan = planOf(shapes, { maxParallel });
        const { log } = play(plan, { exitCodes, reused });
        const pick = (): number => chance.next().value ?? 0;
        let state = initialRunState(plan.snapshot);
        const open = new Set<string>();
        for (const event of log) {
          const disturbed: RunEvent[] = pick() < 3 ? [{ type: 'run:cancel-requested', at, by: 'x' }, event] : [event];
          for (const one of pick() < 30 ? [...disturbed, ...disturbed] : disturbed) {
            const turn = transition(plan, state, one);
            state = turn.state;
            for (const id of turn.answered) expect(open.delete(id)).toBe(true);
            for (const effect of turn.effects) open.add(effectId(effect));
          }
        }
        const derived = [...state.steps.keys()].flatMap((key) => openEffects(state, key)).map(effectId);
        expect([...open].toSorted()).toEqual(derived.toSorted());
        for (const row of state.steps.values()) if (isStepEnded(row.status)) expect('endedAt' in row).toBe(true);
      }),
      dose(300),
    );
  });
});

const run = (plan: EnginePlan, events: readonly RunEvent[]): RunState =>
  events.reduce((state, event) => transition(plan, state, event).state, initialRunState(plan.snapshot));

/** Graphs of up to 12 steps whose edges go from lower to higher number, random exits, some steps reused. */
const randomRun = fc
  .tuple(
    fc.array(fc.tuple(fc.array(fc.nat(11)), fc.array(fc.nat(11)), fc.nat(4), fc.boolean()), { minLength: 1, maxLength: 12 }),
    fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
    fc.boolean(),
  )
  .map(([rows, maxParallel, continueOnStepFailure]) => {
    const below = (index: number, picks: readonly number[]): string[] => [...new Set(picks.filter((pick) => pick < index))].map((pick) => `s${pick}`);
    const shapes: Record<string, StepShape> = {};
    const exitCodes: Record<string, number> = {};
    const reused = new Set<string>();
    rows.forEach(([after, maybe, exit, isReused], index) => {
      const required = below(index, after);
      shapes[`s${index}`] = { after: required, maybeAfter: below(index, maybe).filter((key) => !required.includes(key)) };
      exitCodes[`s${index}`] = exit === 0 ? 1 : 0;
      if (isReused) reused.add(`s${index}`);
    });
    return { shapes, exitCodes, reused, maxParallel, continueOnStepFailure };
  });
