import { describe, expect, it } from 'vitest';
import { ContentHash } from '@pipewright/shared/ids.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { RunEvent } from '@pipewright/shared/run/run-event.ts';
import type { LoopItem, ResolvedControl, RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import type { Scalar } from '@pipewright/shared/json.ts';
import type { StepEnd } from '@pipewright/shared/run/step-failure.ts';
import { snapshotOf, type StepShape } from '../testing/snapshot-builder.ts';
import type { RunEffect } from './run-effect.ts';
import { initialRunState, toEnginePlan, type EnginePlan, type RunState } from './run-state.ts';
import { transition } from './transition.ts';

// Drawings: A ──> B reads required data, A ··> B reads optional data, A - -> B comes after it; ✗ fails.

const at = '2026-01-01T00:00:00.000Z';
const failed: StepEnd = { kind: 'exited', exitCode: 1 };

interface World {
  /** How a step's attempts end, in order; the last one for all that follow, well unless said. */
  readonly ends?: Record<string, readonly StepEnd[]>;
  /** The value of a step's output. */
  readonly values?: Record<string, Scalar>;
  /** What a loop goes over. */
  readonly items?: Record<string, readonly LoopItem[]>;
  /** Asked before an effect is answered. */
  readonly onEffect?: (effect: RunEffect) => RunEvent[] | undefined;
}

function play(plan: EnginePlan, { ends = {}, values = {}, items = {}, onEffect }: World = {}) {
  let state = initialRunState(plan.snapshot);
  const queue: RunEvent[] = [{ type: 'run:submitted', at }];
  const started: string[] = [];
  for (let event = queue.shift(); event; event = queue.shift()) {
    const turn = transition(plan, state, event);
    state = turn.state;
    for (const effect of turn.effects) queue.push(...(onEffect?.(effect) ?? answer(effect)));
  }
  return { state, started };

  function answer(effect: RunEffect): RunEvent[] {
    const { step } = effect;
    switch (effect.type) {
      case 'decideStep':
        return [{ type: 'step:run-decided', at, step, reasons: [] }];
      case 'prepareStep':
        return [{ type: 'step:prepared', at, step, notes: [] }];
      case 'startAttempt': {
        const { attempt } = effect;
        started.push(`${step}@${attempt}`);
        const own = ends[step] ?? [];
        const end = own[attempt - 1] ?? own.at(-1) ?? { kind: 'exited', exitCode: 0 };
        return [
          { type: 'step:started', at, step, attempt },
          { type: 'step:exited', at, step, attempt, end },
        ];
      }
      case 'collectOutputs':
        return [{ type: 'step:collected', at, step, attempt: effect.attempt, outputs: { data: artifactOf(values[step]) }, notes: [], isReusable: true }];
      case 'stopAttempt':
        return [{ type: 'step:exited', at, step, attempt: effect.attempt, end: { kind: 'signalled', signal: 'SIGTERM' } }];
      case 'expandItems':
        return [{ type: 'step:expanded', at, step, items: [...(items[step] ?? [])] }];
      case 'watchSweep':
      case 'findNextRound':
        return [];
      case 'waitToRetry':
        return [{ type: 'step:retry-due', at: effect.until, step, attempt: effect.attempt }];
    }
  }
}

function artifactOf(value: Scalar | undefined): Artifact {
  const base: Artifact = { hash: ContentHash.parse('a'.repeat(64)), type: 'uri_folder', isFolder: true, sizeBytes: 1, fileCount: 1 };
  return value === undefined ? base : { ...base, type: 'string', isFolder: false, value };
}

const planOf = (shapes: Record<string, StepShape>, settings: Partial<RunSnapshot> = {}) => toEnginePlan(snapshotOf(shapes, settings));
const statuses = (state: RunState): Record<string, string> => Object.fromEntries([...state.steps].map(([key, row]) => [key, row.status]));
const retry = (more: Partial<NonNullable<ResolvedControl['retry']>> = {}): Partial<ResolvedControl> => ({
  retry: { count: 2, backoffMs: 1000, factor: 3, maxBackoffMs: 60_000, jitter: 0, on: ['failed', 'timed-out', 'lost'], exitCodes: null, ...more },
});

describe('retries', () => {
  it('tries again after a wait, and what follows reads the attempt that ended well', () => {
    // a✗✗ ──> b
    const waits: string[] = [];
    const onEffect = (effect: RunEffect) => {
      if (effect.type === 'waitToRetry') waits.push(effect.until);
      return undefined;
    };
    const { state, started } = play(planOf({ a: { control: retry() }, b: { after: ['a'] } }), {
      ends: { a: [failed, failed, { kind: 'exited', exitCode: 0 }] },
      onEffect,
    });
    expect(started).toEqual(['a@1', 'a@2', 'a@3', 'b@1']);
    expect(waits).toEqual(['2026-01-01T00:00:01.000Z', '2026-01-01T00:00:03.000Z']);
    expect(statuses(state)).toEqual({ a: 'completed', b: 'completed' });
  });

  it('ends as the last attempt did when none is left', () => {
    const { state, started } = play(planOf({ a: { control: retry() } }), { ends: { a: [failed, { kind: 'lost', message: 'gone' }] } });
    expect(started).toEqual(['a@1', 'a@2', 'a@3']);
    expect(state.steps.get('a')).toMatchObject({ status: 'lost', attempts: 3 });
    expect(state.status).toBe('failed');
  });

  it('does not try again after an ending or an exit code that is not to be retried', () => {
    const shapes = { a: { control: retry({ on: ['lost'] }) }, b: { control: retry({ exitCodes: [75] }) }, c: { control: retry({ exitCodes: [75] }) } };
    const { started } = play(planOf(shapes), { ends: { a: [failed], b: [failed], c: [{ kind: 'exited', exitCode: 75 }] } });
    expect(started.toSorted()).toEqual(['a@1', 'b@1', 'c@1', 'c@2', 'c@3']);
  });

  it('waits shorter by chance, and for the same events as long', () => {
    const until = () => {
      let seen = '';
      play(planOf({ a: { control: retry({ count: 1, jitter: 1 }) } }), {
        ends: { a: [failed] },
        onEffect: (effect) => {
          if (effect.type === 'waitToRetry') seen = effect.until;
          return undefined;
        },
      });
      return seen;
    };
    expect(until()).toBe(until());
    expect(Date.parse(until()) - Date.parse(at)).toBeLessThan(1000);
  });

  it('does not count an attempt that a stop of the server interrupted', () => {
    const plan = planOf({ a: { control: retry({ count: 1 }) } });
    let isInterrupted = false;
    const { state, started } = play(plan, {
      ends: { a: [failed] },
      onEffect: (effect) => {
        if (effect.type !== 'startAttempt' || isInterrupted) return undefined;
        isInterrupted = true;
        const { step, attempt } = effect;
        return [
          { type: 'step:started', at, step, attempt },
          { type: 'step:interrupted', at, step, attempt },
        ];
      },
    });
    expect(started).toEqual(['a@2', 'a@3']);
    expect(state.steps.get('a')).toMatchObject({ status: 'failed', attempts: 3 });
  });

  it('gives up its wait when the run is cancelled', () => {
    const { state } = play(planOf({ a: { control: retry() } }), {
      ends: { a: [failed] },
      onEffect: (effect) => (effect.type === 'waitToRetry' ? [{ type: 'run:cancel-requested', at, by: 'Ada' }] : undefined),
    });
    expect(statuses(state)).toEqual({ a: 'cancelled' });
    expect(state.status).toBe('cancelled');
  });
});

describe('time limits', () => {
  it('ends a step that took too long as timed out, and blocks what reads it', () => {
    // a✗ ──> b
    const { state } = play(planOf({ a: {}, b: { after: ['a'] } }), { ends: { a: [{ kind: 'timed-out', timeoutMs: 5000 }] } });
    expect(state.steps.get('a')).toMatchObject({ status: 'timed-out', failure: { reason: 'timeout' } });
    expect(statuses(state)).toMatchObject({ b: 'blocked' });
    expect(state.status).toBe('failed');
  });

  it('ends a run whose time is up, and still does its last step', () => {
    // a(running) ──> b    last
    const plan = planOf({ a: {}, b: { after: ['a'] }, last: {} }, { finalStep: 'last' });
    const { state, started } = play(plan, {
      onEffect: (effect) =>
        effect.type === 'startAttempt' && effect.step === 'a'
          ? [
              { type: 'step:started', at, step: 'a', attempt: 1 },
              { type: 'run:timed-out', at },
            ]
          : undefined,
    });
    expect(statuses(state)).toEqual({ a: 'cancelled', b: 'cancelled', last: 'completed' });
    expect(started).toEqual(['last@1']);
    expect(state.steps.get('b')).toMatchObject({ by: 'time limit of the run' });
    expect(state.status).toBe('timed-out');
  });
});

describe('order without data', () => {
  it('begins after what it is to follow, and is blocked when that fails', () => {
    // a - -> b     c✗ - -> d
    const shapes = { a: {}, b: { control: { after: ['a'] } }, c: {}, d: { control: { after: ['c'] } } };
    const { state, started } = play(planOf(shapes), { ends: { c: [failed] } });
    expect(started.indexOf('b@1')).toBeGreaterThan(started.indexOf('a@1'));
    expect(statuses(state)).toEqual({ a: 'completed', b: 'completed', c: 'failed', d: 'blocked' });
  });

  it('is not held up by a step that was skipped', () => {
    const { state } = play(planOf({ a: { control: { when: 'false' } }, b: { control: { after: ['a'] } } }));
    expect(statuses(state)).toEqual({ a: 'skipped', b: 'completed' });
    expect(state.status).toBe('completed');
  });
});

describe('conditions', () => {
  const check = '${{parent.jobs.check.outputs.data}}';

  it('skips a step whose condition is false, and all that must read it', () => {
    // check ──> deploy ──> report    check ··> notes
    const shapes = {
      check: {},
      deploy: { control: { when: `${check} > 10` } },
      report: { after: ['deploy'] },
      notes: { maybeAfter: ['deploy'], after: ['check'] },
    };
    const { state } = play(planOf(shapes), { values: { check: 7 } });
    expect(statuses(state)).toEqual({ check: 'completed', deploy: 'skipped', report: 'skipped', notes: 'completed' });
    expect(state.steps.get('deploy')).toMatchObject({ why: expect.stringContaining('7') });
    expect(state.steps.get('report')).toMatchObject({ why: 'deploy was skipped' });
    expect(state.status).toBe('completed');
  });

  it('runs the step whose condition is true', () => {
    const { started } = play(planOf({ check: {}, deploy: { control: { when: `${check} > 10` } } }), { values: { check: 11 } });
    expect(started).toEqual(['check@1', 'deploy@1']);
  });

  it('asks of failure whatever became of the steps above, and of values only when all went well', () => {
    // a✗ - -> mourn, tidy, use
    const shapes = {
      a: {},
      mourn: { control: { after: ['a'], when: 'failed' } },
      tidy: { control: { after: ['a'], when: 'always' } },
      cheer: { control: { after: ['a'], when: 'succeeded' } },
      use: { control: { after: ['a'], when: 'true' } },
    };
    const { state } = play(planOf(shapes), { ends: { a: [failed] } });
    expect(statuses(state)).toEqual({ a: 'failed', mourn: 'completed', tidy: 'completed', cheer: 'skipped', use: 'blocked' });
  });

  it('takes a step that did not run for nothing', () => {
    const shapes = { check: { control: { when: 'false' } }, deploy: { control: { when: `${check} == null` } } };
    expect(statuses(play(planOf(shapes)).state)).toEqual({ check: 'skipped', deploy: 'completed' });
  });

  it('fails the step when its condition cannot be answered', () => {
    const { state } = play(planOf({ check: {}, deploy: { control: { when: `${check} / 0 > 1` } } }), { values: { check: 1 } });
    expect(state.steps.get('deploy')).toMatchObject({ status: 'failed', failure: { reason: 'condition' } });
  });
});

describe('loops', () => {
  const loop = (maxParallel: number | null = null): Partial<ResolvedControl> => ({
    forEach: { items: { kind: 'list', items: [] }, input: 'item', maxParallel },
  });
  const some = (count: number): LoopItem[] => Array.from({ length: count }, (_, index) => ({ value: index }));

  it('runs the step once for each item, and what follows when all have ended', () => {
    // each(3) ──> b
    const { state, started } = play(planOf({ each: { control: loop() }, b: { after: ['each'] } }), { items: { each: some(3) } });
    expect(started).toEqual(['each/1@1', 'each/2@1', 'each/3@1', 'b@1']);
    expect(statuses(state)).toEqual({ each: 'completed', b: 'completed' });
    expect(state.steps.get('each')).toMatchObject({ items: { total: 3, ended: 3, failed: 0 } });
    expect(state.loops.size).toBe(0);
  });

  it('is done at once with nothing to go over', () => {
    const { state, started } = play(planOf({ each: { control: loop() }, b: { after: ['each'] } }), { items: { each: [] } });
    expect(started).toEqual(['b@1']);
    expect(statuses(state)).toEqual({ each: 'completed', b: 'completed' });
  });

  it('never has more items before the slots than it may, and keeps none that has ended', () => {
    let most = 0;
    const plan = planOf({ each: { control: loop(3) } });
    let state = initialRunState(plan.snapshot);
    const queue: RunEvent[] = [{ type: 'run:submitted', at }];
    for (let event = queue.shift(); event; event = queue.shift()) {
      const turn = transition(plan, state, event);
      state = turn.state;
      most = Math.max(most, state.steps.size - 1);
      for (const effect of turn.effects) {
        const { step } = effect;
        if (effect.type === 'expandItems') queue.push({ type: 'step:expanded', at, step, items: some(100) });
        if (effect.type === 'decideStep') queue.push({ type: 'step:reuse-found', at, step, donor: { run: '1', step }, reasons: [], outputs: {} });
        if (effect.type === 'collectOutputs') queue.push({ type: 'step:collected', at, step, attempt: 1, outputs: {}, notes: [], isReusable: false });
      }
    }
    expect(most).toBe(3);
    expect(state.status).toBe('completed');
  });

  it('goes on with the other items when one fails, and then fails and names it', () => {
    const { state, started } = play(planOf({ each: { control: loop() }, b: { after: ['each'] } }), {
      items: { each: some(4) },
      ends: { 'each/2': [failed], 'each/4': [failed] },
    });
    expect(started).toHaveLength(4);
    expect(statuses(state)).toEqual({ each: 'failed', b: 'blocked' });
    expect(state.steps.get('each')).toMatchObject({ failure: { reason: 'items', message: expect.stringMatching(/^2 of 4 items failed. The first: item 2:/) } });
  });

  it('tries a failed item again as the step says', () => {
    const { started } = play(planOf({ each: { control: { ...loop(), ...retry({ count: 1 }) } } }), { items: { each: some(2) }, ends: { 'each/2': [failed] } });
    expect(started).toEqual(['each/1@1', 'each/2@1', 'each/2@2']);
  });

  it('begins no further item after a stop', () => {
    const { state, started } = play(planOf({ each: { control: loop(1) } }), {
      items: { each: some(5) },
      onEffect: (effect) => (effect.type === 'collectOutputs' && effect.step === 'each/2' ? [{ type: 'run:cancel-requested', at, by: 'Ada' }] : undefined),
    });
    expect(started).toEqual(['each/1@1', 'each/2@1']);
    expect(state.status).toBe('cancelling');
  });

  it('fails when there is nothing to say what it goes over', () => {
    const { state } = play(planOf({ each: { control: loop() } }), {
      onEffect: (effect) =>
        effect.type === 'expandItems'
          ? [{ type: 'step:expansion-failed', at, step: 'each', failure: { reason: 'items', message: 'no list', lastLines: [] } }]
          : undefined,
    });
    expect(state.steps.get('each')).toMatchObject({ status: 'failed', failure: { message: 'no list' } });
  });
});

describe('a repeated step', () => {
  const repeated = { again: { control: { repeat: { while: 'data', feed: {}, max: 5 } } } };
  const failure = { reason: 'items' as const, message: 'unreadable', lastLines: [] };

  /** Each round has another one after it, until `most`. */
  const rounds = (most: number, answer: (after: number) => RunEvent[] = () => []) =>
    play(planOf(repeated), {
      onEffect: (effect) => {
        const { step } = effect;
        if (effect.type === 'expandItems') return [{ type: 'step:expanded', at, step, items: [{ inputs: {} }], upTo: 5 }];
        if (effect.type !== 'findNextRound') return undefined;
        const { after } = effect;
        const next: RunEvent = { type: 'step:items-added', at, step, items: after < most ? [{ inputs: {} }] : [], areLast: after >= most, after };
        return [...answer(after), next];
      },
    });

  it('runs round after round for as long as one is found', () => {
    const { state, started } = rounds(3);
    expect(started).toEqual(['again/1@1', 'again/2@1', 'again/3@1']);
    expect(state.steps.get('again')).toMatchObject({ status: 'completed' });
  });

  it('fails when what comes next cannot be found out, also as an older log has it', () => {
    for (const said of [{ after: 2 }, {}]) {
      const { state } = rounds(3, (after) => (after === 2 ? [{ type: 'step:expansion-failed', at, step: 'again', failure, ...said }] : []));
      expect(state.steps.get('again')).toMatchObject({ status: 'failed', failure });
    }
  });

  it('leaves an answer alone that is about rounds of before', () => {
    const late = (after: number): RunEvent[] => [
      { type: 'step:expansion-failed', at, step: 'again', failure, after: after - 1 },
      { type: 'step:items-added', at, step: 'again', items: [], areLast: true, after: after - 1 },
    ];
    const { state, started } = rounds(3, late);
    expect(started).toHaveLength(3);
    expect(state.steps.get('again')).toMatchObject({ status: 'completed' });
  });
});

describe('the last step', () => {
  it('runs when all others have ended, whatever became of them', () => {
    // a✗ ──> b    last
    const { state, started } = play(planOf({ a: {}, b: { after: ['a'] }, last: {} }, { finalStep: 'last' }), { ends: { a: [failed] } });
    expect(statuses(state)).toEqual({ a: 'failed', b: 'blocked', last: 'completed' });
    expect(started.at(-1)).toBe('last@1');
    expect(state.status).toBe('failed');
  });

  it('is done after the first failure stopped the others, and not after a person stopped the run', () => {
    const shapes = { a: {}, b: { after: ['a'] }, last: {} };
    const stopped = play(planOf(shapes, { finalStep: 'last', continueOnStepFailure: false }), { ends: { a: [failed] } });
    expect(statuses(stopped.state)).toEqual({ a: 'failed', b: 'cancelled', last: 'completed' });
    const cancelled = play(planOf(shapes, { finalStep: 'last' }), {
      onEffect: (effect) => (effect.type === 'prepareStep' ? [{ type: 'run:cancel-requested', at, by: 'Ada' }] : undefined),
    });
    expect(statuses(cancelled.state)).toEqual({ a: 'cancelled', b: 'cancelled', last: 'cancelled' });
  });
});
