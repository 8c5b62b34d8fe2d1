import { z } from 'zod';
import { Json } from '../json.ts';
import { searchSpaceOf, type Step } from '../pipeline/step.ts';
import { describeValue } from '../yaml/describe-issue.ts';

const range = { min_value: z.number(), max_value: z.number() };
const bell = { mu: z.number(), sigma: z.number().positive() };
const q = z.number().positive();

/** Where the values of one parameter come from. `loguniform` and its kin: the bounds are those of the logarithm. */
export const Distribution = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('choice'), values: z.array(Json).min(1) }),
  /** Whole numbers from 0 up to, and without, `upper`. */
  z.looseObject({ type: z.literal('randint'), upper: z.int().positive() }),
  z.looseObject({ type: z.literal('uniform'), ...range }),
  z.looseObject({ type: z.literal('quniform'), ...range, q }),
  z.looseObject({ type: z.literal('loguniform'), ...range }),
  z.looseObject({ type: z.literal('qloguniform'), ...range, q }),
  z.looseObject({ type: z.literal('normal'), ...bell }),
  z.looseObject({ type: z.literal('qnormal'), ...bell, q }),
  z.looseObject({ type: z.literal('lognormal'), ...bell }),
  z.looseObject({ type: z.literal('qlognormal'), ...bell, q }),
]);
export type Distribution = z.infer<typeof Distribution>;

/** Azure's own tools write an interval of 0 where none is said. */
const interval = z
  .int()
  .min(0)
  .default(1)
  .transform((each) => Math.max(1, each))
  .pipe(z.int());
const timing = { evaluation_interval: interval, delay_evaluation: z.int().min(0).default(0) };

/** When a trial that does worse than others is ended before its time. An interval is one logging of the metric. */
export const EarlyTermination = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('bandit'), ...timing, slack_factor: z.number().min(0).optional(), slack_amount: z.number().min(0).optional() }),
  z.looseObject({ type: z.literal('median_stopping'), ...timing }),
  z.looseObject({ type: z.literal('truncation_selection'), ...timing, truncation_percentage: z.number().min(0).max(99) }),
]);
export type EarlyTermination = z.infer<typeof EarlyTermination>;

const algorithms = ['random', 'grid', 'bayesian'] as const;
const Sampling = z.union([
  z.enum(algorithms).transform((type) => ({ type, seed: undefined, rule: undefined })),
  z.looseObject({ type: z.enum(algorithms), seed: z.int().optional(), rule: z.enum(['random', 'sobol']).optional() }),
]);

export const Goal = z.enum(['maximize', 'minimize']);
export type Goal = z.infer<typeof Goal>;

/** What a sweep tries, with every default filled in. Times in milliseconds. */
export const Sweep = z.object({
  space: z.record(z.string(), Distribution),
  algorithm: z.enum([...algorithms, 'sobol']),
  seed: z.int(),
  metric: z.string().min(1),
  goal: Goal,
  maxTotal: z.int().min(1),
  maxConcurrent: z.int().min(1).nullable(),
  timeoutMs: z.number().positive().nullable(),
  earlyTermination: EarlyTermination.nullable(),
});
export type Sweep = z.infer<typeof Sweep>;

/** Azure's own default; nobody tries more without having said so. */
const defaultTotal = 1000;
/** Without a seed the same one each time: a sweep that is run again finds its trials. */
const defaultSeed = 0;

const Objective = z.looseObject({
  primary_metric: z.string().min(1),
  goal: z.preprocess((goal) => (typeof goal === 'string' ? goal.toLowerCase() : goal), Goal),
});
const SweepLimits = z.looseObject({
  max_total_trials: z.int().min(1).optional(),
  max_concurrent_trials: z.int().min(1).optional(),
  timeout: z.number().positive().optional(),
  trial_timeout: z.number().positive().optional(),
});

export interface SweepIssue {
  /** Keys from the step. */
  readonly path: readonly string[];
  readonly message: string;
}

export type SweepOutcome =
  { readonly ok: true; readonly sweep: Sweep; readonly trialTimeoutMs: number | null } | { readonly ok: false; readonly issues: readonly SweepIssue[] };

/** What a step says of its sweep, or everything that is wrong with it. */
export function readSweep(step: Step): SweepOutcome {
  const issues: SweepIssue[] = [];
  const read = <T extends z.ZodType>(schema: T, value: unknown, path: readonly string[]): z.infer<T> | undefined => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const wrong = issue && describeValue(issue, value);
    issues.push({ path: [...path, ...(wrong?.path ?? []).map(String)], message: value === undefined ? 'is missing' : (wrong?.message ?? 'is not valid') });
    return undefined;
  };
  const space: Record<string, Distribution> = {};
  const written = Object.entries(searchSpaceOf(step));
  if (written.length === 0) issues.push({ path: ['search_space'], message: 'is missing: it says what is tried' });
  for (const [name, value] of written) {
    const distribution = read(Distribution, lowerType(value), ['search_space', name]);
    if (distribution) space[name] = distribution;
  }
  const sampling = read(Sampling, lowerType(step['sampling_algorithm'] ?? 'random'), ['sampling_algorithm']);
  const objective = read(Objective, step['objective'], ['objective']);
  const limits = read(SweepLimits, step.limits ?? {}, ['limits']);
  const early = step['early_termination'] == null ? null : read(EarlyTermination, lowerType(step['early_termination']), ['early_termination']);
  if (sampling?.type === 'grid') issues.push(...gridIssues(space));
  if (issues.length > 0 || !sampling || !objective || !limits || early === undefined) return { ok: false, issues };
  const maxTotal = limits.max_total_trials ?? defaultTotal;
  const sweep: Sweep = {
    space,
    algorithm: sampling.type === 'random' && sampling.rule === 'sobol' ? 'sobol' : sampling.type,
    seed: sampling.seed ?? defaultSeed,
    metric: objective.primary_metric,
    goal: objective.goal,
    maxTotal,
    maxConcurrent: limits.max_concurrent_trials ?? null,
    timeoutMs: limits.timeout === undefined ? null : limits.timeout * 1000,
    earlyTermination: early,
  };
  return { ok: true, sweep, trialTimeoutMs: limits.trial_timeout === undefined ? null : limits.trial_timeout * 1000 };
}

function gridIssues(space: Readonly<Record<string, Distribution>>): SweepIssue[] {
  return Object.entries(space)
    .filter(([, { type }]) => type !== 'choice' && type !== 'randint' && type !== 'quniform')
    .map(([name, { type }]) => ({
      path: ['search_space', name],
      message: `is ${type}, which has no end of values: a grid needs choice, randint or quniform`,
    }));
}

/** Azure's tools take `Choice` for `choice`, and `Sobol` for `sobol`. */
function lowerType(value: unknown): unknown {
  if (typeof value === 'string') return value.toLowerCase();
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const words = Object.entries(value).filter(([key, word]) => (key === 'type' || key === 'rule') && typeof word === 'string');
  return { ...value, ...Object.fromEntries(words.map(([key, word]) => [key, String(word).toLowerCase()])) };
}
