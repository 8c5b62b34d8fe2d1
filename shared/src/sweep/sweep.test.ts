import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spellStep } from '../azure/spellings.ts';
import { Step } from '../pipeline/step.ts';
import { dose } from '../testing/dose.ts';
import { bestInHistory, whyStopTrial, type TrialToJudge } from './early-termination.ts';
import { placeOf, sizeOf, trialsOf, valueAt, valuesOf } from './sample-space.ts';
import { sobolPoints } from './sobol.ts';
import { Distribution, readSweep, type Sweep } from './sweep.ts';

const sweepStep = (fields: Record<string, unknown> = {}): Step =>
  Step.parse({
    type: 'sweep',
    trial: { type: 'command', command: 'x' },
    search_space: { rate: { type: 'uniform', min_value: 0, max_value: 1 } },
    objective: { primary_metric: 'score', goal: 'maximize' },
    ...fields,
  });
const sweepOf = (fields: Record<string, unknown> = {}): Sweep => {
  const read = readSweep(sweepStep(fields));
  if (!read.ok) throw new Error(read.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '));
  return read.sweep;
};
const issuesOf = (fields: Record<string, unknown>): string[] => {
  const read = readSweep(sweepStep(fields));
  return read.ok ? [] : read.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
};

describe('readSweep', () => {
  it('fills in Azure’s defaults', () => {
    expect(sweepOf()).toMatchObject({ algorithm: 'random', seed: 0, maxTotal: 1000, maxConcurrent: null, timeoutMs: null, earlyTermination: null });
  });

  it('reads every spelling', () => {
    expect(sweepOf({ sampling_algorithm: { type: 'Random', rule: 'sobol', seed: 7 } })).toMatchObject({ algorithm: 'sobol', seed: 7 });
    expect(sweepOf({ sampling_algorithm: 'Bayesian', objective: { primary_metric: 'score', goal: 'Minimize' } })).toMatchObject({
      algorithm: 'bayesian',
      goal: 'minimize',
    });
    expect(sweepOf({ limits: { max_total_trials: 4, max_concurrent_trials: 2, timeout: 60, trial_timeout: 5 } })).toMatchObject({
      maxTotal: 4,
      maxConcurrent: 2,
      timeoutMs: 60_000,
    });
    expect(sweepOf({ early_termination: { type: 'BANDIT', slack_factor: 0.1 } }).earlyTermination).toEqual({
      type: 'bandit',
      slack_factor: 0.1,
      evaluation_interval: 1,
      delay_evaluation: 0,
    });
  });

  it('takes numbers that are written as texts, which is said', () => {
    const { value, problems } = spellStep({
      type: 'sweep',
      trial: { type: 'command', command: 'x' },
      search_space: { rate: { type: 'quniform', min_value: '0.1', max_value: 1, q: '0.1' }, kind: { type: 'choice', values: ['1', '2'] } },
      sampling_algorithm: { type: 'random', rule: 'Sobol', seed: '3' },
      objective: { primary_metric: 'score', goal: 'maximize' },
      limits: { max_total_trials: '4' },
      early_termination: { type: 'bandit', slack_factor: '0.1' },
    });
    const read = readSweep(Step.parse(value));
    expect(read.ok && read.sweep).toMatchObject({
      space: { rate: { min_value: 0.1, q: 0.1 }, kind: { values: ['1', '2'] } },
      algorithm: 'sobol',
      seed: 3,
      maxTotal: 4,
      earlyTermination: { slack_factor: 0.1 },
    });
    expect(problems).toHaveLength(5);
    expect(problems[0]?.message).toBe('search_space.rate.min_value is the text "0.1" and is taken as the number 0.1.');
  });

  it('says what is wrong and where', () => {
    expect(issuesOf({ limits: { max_total_trials: 0 } })).toEqual(['limits.max_total_trials must be at least 1, not 0']);
    expect(issuesOf({ search_space: {} })).toEqual([expect.stringMatching(/^search_space is missing/)]);
    expect(issuesOf({ objective: undefined })).toEqual(['objective is missing']);
    expect(issuesOf({ search_space: { rate: { type: 'uniform', min_value: 0 } } })).toEqual(['search_space.rate.max_value is missing']);
    expect(issuesOf({ sampling_algorithm: 'grid' })).toEqual([expect.stringMatching(/^search_space\.rate is uniform, which has no end of values/)]);
    expect(issuesOf({ early_termination: { type: 'patience' } })).toEqual([expect.stringContaining('early_termination')]);
  });
});

const range = fc.record({ min_value: fc.double({ min: -5, max: 0, noNaN: true }), max_value: fc.double({ min: 0.5, max: 5, noNaN: true }) });
const bell = fc.record({ mu: fc.double({ min: -2, max: 2, noNaN: true }), sigma: fc.double({ min: 0.1, max: 2, noNaN: true }) });
const q = fc.record({ q: fc.constantFrom(0.1, 0.5, 1, 2) });
const distributions: fc.Arbitrary<Distribution> = fc
  .oneof(
    fc.record({ type: fc.constant('choice'), values: fc.array(fc.oneof(fc.integer(), fc.string(), fc.boolean()), { minLength: 1, maxLength: 5 }) }),
    fc.record({ type: fc.constant('randint'), upper: fc.integer({ min: 1, max: 50 }) }),
    ...['uniform', 'loguniform'].map((type) => range.map((bounds) => ({ type, ...bounds }))),
    ...['quniform', 'qloguniform'].map((type) => fc.tuple(range, q).map(([bounds, step]) => ({ type, ...bounds, ...step }))),
    ...['normal', 'lognormal'].map((type) => bell.map((shape) => ({ type, ...shape }))),
    ...['qnormal', 'qlognormal'].map((type) => fc.tuple(bell, q).map(([shape, step]) => ({ type, ...shape, ...step }))),
  )
  .map((each) => Distribution.parse(each));
const unit = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });

describe('a distribution', () => {
  it('gives values inside it, and their places back', () => {
    fc.assert(
      fc.property(distributions, unit, (distribution, at) => {
        const value = valueAt(distribution, at);
        if (distribution.type === 'uniform' || distribution.type === 'loguniform') {
          const number = distribution.type === 'uniform' ? Number(value) : Math.log(Number(value));
          expect(number).toBeGreaterThanOrEqual(distribution.min_value - 1e-9);
          expect(number).toBeLessThanOrEqual(distribution.max_value + 1e-9);
        }
        if (distribution.type === 'randint') expect(Number.isInteger(value) && Number(value) >= 0 && Number(value) < distribution.upper).toBe(true);
        const values = valuesOf(distribution);
        if (values && distribution.type !== 'quniform') expect(values).toContain(value);
        const isExact = ['uniform', 'loguniform', 'normal', 'lognormal'].includes(distribution.type);
        if (isExact) expect(placeOf(distribution, value)).toBeCloseTo(at, 5);
      }),
      dose(300),
    );
  });

  it('has the quantiles of its kind', () => {
    expect(valueAt({ type: 'normal', mu: 1, sigma: 2 }, 0.5)).toBeCloseTo(1);
    expect(Number(valueAt({ type: 'normal', mu: 0, sigma: 1 }, 0.975))).toBeCloseTo(1.959964, 5);
    expect(Number(valueAt({ type: 'normal', mu: 0, sigma: 1 }, 0.001))).toBeCloseTo(-3.090232, 5);
    expect(valueAt({ type: 'lognormal', mu: 0, sigma: 1 }, 0.5)).toBeCloseTo(1);
    expect(valueAt({ type: 'loguniform', min_value: Math.log(0.001), max_value: Math.log(10) }, 0.5)).toBeCloseTo(0.1);
    expect(valueAt({ type: 'quniform', min_value: 0, max_value: 1, q: 0.1 }, 0.31)).toBe(0.3);
    expect(valueAt({ type: 'qlognormal', mu: 1, sigma: 1, q: 2 }, 0.5)).toBe(2);
    expect(valueAt({ type: 'choice', values: [{ a: 1 }, [1, 2]] }, 0.1)).toBe('{"a":1}');
  });
});

describe('trialsOf', () => {
  const finite = { a: Distribution.parse({ type: 'choice', values: [1, 2, 3] }), b: Distribution.parse({ type: 'choice', values: ['x', 'y'] }) };
  const base = { space: finite, seed: 1, maxTotal: 100 };

  it('goes through the whole grid in order, up to the limit', () => {
    const all = trialsOf({ ...base, algorithm: 'grid' });
    expect(all).toHaveLength(6);
    expect(all[0]).toEqual({ a: 1, b: 'x' });
    expect(all[1]).toEqual({ a: 1, b: 'y' });
    expect(trialsOf({ ...base, algorithm: 'grid', maxTotal: 4 })).toEqual(all.slice(0, 4));
    expect(trialsOf({ ...base, space: { n: { type: 'quniform', min_value: 0, max_value: 0.5, q: 0.25 } }, algorithm: 'grid' })).toEqual([
      { n: 0 },
      { n: 0.25 },
      { n: 0.5 },
    ]);
  });

  it.each(['random', 'sobol'] as const)('draws by %s the same trials for the same seed, and none of a finite space twice', (algorithm) => {
    const drawn = trialsOf({ ...base, algorithm });
    expect(drawn).toHaveLength(sizeOf(finite));
    expect(new Set(drawn.map((values) => JSON.stringify(values))).size).toBe(6);
    expect(trialsOf({ ...base, algorithm })).toEqual(drawn);
    const space = { x: Distribution.parse({ type: 'uniform', min_value: 0, max_value: 1 }) };
    expect(trialsOf({ ...base, space, algorithm })).not.toEqual(trialsOf({ ...base, space, algorithm, seed: 2 }));
  });

  it('fills every dimension evenly by sobol', () => {
    const points = sobolPoints(21, () => 0.37);
    const first = Array.from({ length: 64 }, () => points.next().value ?? []);
    for (let dimension = 0; dimension < 21; dimension += 1) {
      expect(new Set(first.map((point) => Math.floor((point[dimension] ?? 0) * 64))).size).toBe(64);
    }
  });
});

describe('whyStopTrial', () => {
  const judge = (policy: Record<string, unknown>, more: Partial<TrialToJudge>): string | null =>
    whyStopTrial({
      policy: sweepOf({ early_termination: policy }).earlyTermination ?? { type: 'median_stopping', evaluation_interval: 1, delay_evaluation: 0 },
      goal: 'maximize',
      metric: 'score',
      own: [],
      others: [],
      ...more,
    });

  it('ends by bandit what is worse than the best by more than the slack', () => {
    expect(judge({ type: 'bandit', slack_factor: 0.25 }, { own: [0.79], others: [[1]] })).toContain('bandit: score was 0.79');
    expect(judge({ type: 'bandit', slack_factor: 0.25 }, { own: [0.81], others: [[1]] })).toBeNull();
    expect(judge({ type: 'bandit', slack_amount: 0.3 }, { own: [0.69], others: [[1]] })).not.toBeNull();
    expect(judge({ type: 'bandit', slack_factor: 0.1 }, { goal: 'minimize', own: [1.2], others: [[1]] })).not.toBeNull();
    expect(judge({ type: 'bandit', slack_factor: 0.1 }, { own: [0.5], others: [] })).toBeNull();
    // As Azure's tools write it: what is not meant is 0.
    expect(judge({ type: 'bandit', slack_factor: 0.25, slack_amount: 0, evaluation_interval: 0 }, { own: [0.81], others: [[1]] })).toBeNull();
  });

  it('compares by bandit with what the best trial had by then, not with what it reached later', () => {
    const policy = { type: 'bandit', slack_amount: 0.1 };
    expect(judge(policy, { own: [0.5], others: [[0.55, 0.9]] })).toBeNull();
    expect(judge(policy, { own: [0.5, 0.6], others: [[0.55, 0.9]] })).toContain('bandit: score was 0.6');
    // A trial that was good and is worse for a moment goes on.
    expect(judge(policy, { own: [0.9, 0.2], others: [[0.5, 0.95]] })).toBeNull();
  });

  it('never ends the best trial by bandit, whatever the sign of the metric', () => {
    const values = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 2, noNaN: true }), fc.constantFrom('maximize' as const, 'minimize' as const), (all, factor, goal) => {
        const best = goal === 'maximize' ? Math.max(...all) : Math.min(...all);
        expect(judge({ type: 'bandit', slack_factor: factor }, { goal, own: [best], others: all.map((value) => [value]) })).toBeNull();
      }),
      dose(200),
    );
  });

  it('ends by median what is worse than the median of the averages of the others', () => {
    expect(
      judge(
        { type: 'median_stopping' },
        {
          own: [0.1, 0.2],
          others: [
            [0.2, 0.4],
            [0.4, 0.6],
            [0, 0],
          ],
        },
      ),
    ).toContain('median');
    expect(
      judge(
        { type: 'median_stopping' },
        {
          own: [0.1, 0.35],
          others: [
            [0.2, 0.4],
            [0.4, 0.6],
            [0, 0],
          ],
        },
      ),
    ).toBeNull();
  });

  it('ends by truncation the worst share of those that came as far', () => {
    const others = [[1], [2], [3], [4]];
    expect(judge({ type: 'truncation_selection', truncation_percentage: 20 }, { own: [0.5], others })).toContain('truncation');
    expect(judge({ type: 'truncation_selection', truncation_percentage: 20 }, { own: [1.5], others })).toBeNull();
    expect(judge({ type: 'truncation_selection', truncation_percentage: 10 }, { own: [0.5], others })).toBeNull();
  });

  it('looks at intervals only, the first of them where the delay ends', () => {
    const policy = { type: 'bandit', slack_factor: 0.1, evaluation_interval: 2, delay_evaluation: 4 };
    expect([1, 2, 3, 4].map((length) => judge(policy, { own: Array.from({ length }, () => 0), others: [[1]] }) !== null)).toEqual([false, false, false, true]);
  });
});

it('counts the best that was logged', () => {
  expect(bestInHistory([1, 3, 2], 'maximize')).toBe(3);
  expect(bestInHistory([1, Number.NaN, 0.5], 'minimize')).toBe(0.5);
  expect(bestInHistory([], 'minimize')).toBeNull();
});
