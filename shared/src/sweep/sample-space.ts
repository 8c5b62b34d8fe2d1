import type { Json, Scalar } from '../json.ts';
import { seededRandom } from './random.ts';
import { mostSobolDimensions, sobolPoints } from './sobol.ts';
import type { Distribution, Sweep } from './sweep.ts';

/** The values of one trial, by parameter. */
export type TrialValues = Readonly<Record<string, Scalar>>;

/** The trials of a sweep that looks at no results on the way, in their order; of a finite space none comes twice. */
export function trialsOf(sweep: Pick<Sweep, 'space' | 'algorithm' | 'seed' | 'maxTotal'>): TrialValues[] {
  const { space, algorithm, maxTotal } = sweep;
  if (algorithm === 'grid') return gridOf(space, maxTotal);
  const names = Object.keys(space);
  const random = seededRandom(sweep.seed);
  const points = algorithm === 'sobol' && names.length <= mostSobolDimensions ? sobolPoints(names.length, random) : randomPoints(names.length, random);
  const most = Math.min(maxTotal, sizeOf(space));
  const seen = new Set<string>();
  const trials: TrialValues[] = [];
  let idle = 0;
  for (const point of points) {
    const values = Object.fromEntries(names.map((name, index) => [name, valueAt(distributionOf(space, name), point[index] ?? 0.5)]));
    const identity = JSON.stringify(values);
    idle = seen.has(identity) ? idle + 1 : 0;
    if (idle === 0) {
      seen.add(identity);
      trials.push(values);
    }
    if (trials.length >= most || idle > patience) break;
  }
  return trials;
}

/** So many draws in a row may bring nothing new before a space counts as exhausted. */
const patience = 10_000;

function distributionOf(space: Sweep['space'], name: string): Distribution {
  const distribution = space[name];
  if (!distribution) throw new Error(`Internal error: expected a distribution of ${name}`);
  return distribution;
}

function* randomPoints(dimensions: number, random: () => number): Generator<number[]> {
  for (;;) yield Array.from({ length: dimensions }, random);
}

/** How many different trials there are. */
export function sizeOf(space: Sweep['space']): number {
  return Object.values(space).reduce((product, distribution) => product * (valuesOf(distribution)?.length ?? Infinity), 1);
}

function gridOf(space: Sweep['space'], most: number): TrialValues[] {
  let trials: TrialValues[] = [{}];
  for (const [name, distribution] of Object.entries(space)) {
    const values = valuesOf(distribution) ?? [];
    trials = trials.flatMap((trial) => values.map((value) => ({ ...trial, [name]: value }))).slice(0, Math.max(most, 1));
  }
  return trials.slice(0, most);
}

/** Every value of a finite distribution. */
export function valuesOf(distribution: Distribution): Scalar[] | null {
  switch (distribution.type) {
    case 'choice':
      return distribution.values.map(toScalar);
    case 'randint':
      return distribution.upper > 100_000 ? null : Array.from({ length: distribution.upper }, (_, index) => index);
    case 'quniform': {
      const { min_value: least, max_value: most, q } = distribution;
      const [first, last] = [Math.round(least / q), Math.round(most / q)];
      return last - first > 100_000 ? null : Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => multipleOf(first + index, q));
    }
    default:
      return null;
  }
}

/** The value of a distribution at a place between 0 and 1. */
export function valueAt(distribution: Distribution, at: number): Scalar {
  switch (distribution.type) {
    case 'choice':
      return toScalar(distribution.values[Math.min(distribution.values.length - 1, Math.floor(at * distribution.values.length))] ?? null);
    case 'randint':
      return Math.min(distribution.upper - 1, Math.floor(at * distribution.upper));
    case 'uniform':
      return between(distribution, at);
    case 'quniform':
      return rounded(between(distribution, at), distribution.q);
    case 'loguniform':
      return Math.exp(between(distribution, at));
    case 'qloguniform':
      return rounded(Math.exp(between(distribution, at)), distribution.q);
    case 'normal':
      return bellAt(distribution, at);
    case 'qnormal':
      return rounded(bellAt(distribution, at), distribution.q);
    case 'lognormal':
      return Math.exp(bellAt(distribution, at));
    case 'qlognormal':
      return rounded(Math.exp(bellAt(distribution, at)), distribution.q);
  }
}

/** The place between 0 and 1 that a value of a distribution has: what `valueAt` gives it back for. */
export function placeOf(distribution: Distribution, value: Scalar): number {
  const number = Number(value);
  switch (distribution.type) {
    case 'choice':
      return (Math.max(0, distribution.values.map(toScalar).indexOf(value)) + 0.5) / distribution.values.length;
    case 'randint':
      return (number + 0.5) / distribution.upper;
    case 'uniform':
    case 'quniform':
      return within(distribution, number);
    case 'loguniform':
    case 'qloguniform':
      return within(distribution, Math.log(Math.max(number, Number.MIN_VALUE)));
    case 'normal':
    case 'qnormal':
      return normalUpTo((number - distribution.mu) / distribution.sigma);
    case 'lognormal':
    case 'qlognormal':
      return normalUpTo((Math.log(Math.max(number, Number.MIN_VALUE)) - distribution.mu) / distribution.sigma);
  }
}

function within({ min_value: least, max_value: most }: { readonly min_value: number; readonly max_value: number }, value: number): number {
  return most === least ? 0.5 : Math.min(1, Math.max(0, (value - least) / (most - least)));
}

/** The distribution function of the standard normal, by bisection of its quantile: both agree with each other. */
function normalUpTo(value: number): number {
  let [least, most] = [1e-12, 1 - 1e-12];
  for (let step = 0; step < 60; step += 1) {
    const middle = (least + most) / 2;
    if (inverseNormal(middle) < value) least = middle;
    else most = middle;
  }
  return (least + most) / 2;
}

const between = ({ min_value: least, max_value: most }: { readonly min_value: number; readonly max_value: number }, at: number): number =>
  least + (most - least) * at;
const bellAt = ({ mu, sigma }: { readonly mu: number; readonly sigma: number }, at: number): number => mu + sigma * inverseNormal(at);
const rounded = (value: number, q: number): number => multipleOf(Math.round(value / q), q);

/** 3 × 0.1 is 0.3. */
const multipleOf = (count: number, q: number): number => Number((count * q).toPrecision(12));

/** A list or map among the choices is handed over as its JSON text. */
const toScalar = (value: Json): Scalar => (value === null || typeof value === 'object' ? JSON.stringify(value) : value);

/** The quantile of the standard normal distribution, after Acklam: within 1.2e-9 of the true value, relatively. */
function inverseNormal(p: number): number {
  if (p < low) return tail(Math.sqrt(-2 * Math.log(p)));
  if (p > 1 - low) return -tail(Math.sqrt(-2 * Math.log(1 - p)));
  const q = p - 0.5;
  const r = q * q;
  return (polynomial(a, r) * q) / (polynomial(b, r) * r + 1);
}

const low = 0.02425;
const a = [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239];
const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572];
const c = [-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783];
const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];

const tail = (q: number): number => polynomial(c, q) / (polynomial(d, q) * q + 1);
const polynomial = (coefficients: readonly number[], x: number): number => coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
