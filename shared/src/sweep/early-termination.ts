import type { EarlyTermination, Goal } from './sweep.ts';

/** What a trial has logged of the metric, in order. */
export type MetricHistory = readonly number[];

export interface TrialToJudge {
  readonly policy: EarlyTermination;
  readonly goal: Goal;
  readonly metric: string;
  readonly own: MetricHistory;
  /** Of every other trial, those that have ended as well. */
  readonly others: readonly MetricHistory[];
}

/** Why a trial is to be ended now that it has logged the metric once more; null: it may go on. */
export function whyStopTrial(trial: TrialToJudge): string | null {
  const { policy, own } = trial;
  const interval = own.length;
  if (interval === 0 || interval < policy.delay_evaluation || interval % policy.evaluation_interval !== 0) return null;
  switch (policy.type) {
    case 'bandit':
      return againstBest(trial, policy);
    case 'median_stopping':
      return againstMedian(trial);
    case 'truncation_selection':
      return againstAll(trial, policy.truncation_percentage);
  }
}

const last = (history: MetricHistory): number => history.at(-1) ?? Number.NaN;
/** Better is more. */
const signOf = (goal: Goal): number => (goal === 'maximize' ? 1 : -1);
const bestOf = (values: readonly number[], goal: Goal): number => (goal === 'maximize' ? Math.max(...values) : Math.min(...values));

/** Its best so far is worse than the best that any trial had by then, by more than the slack. */
function againstBest(
  { goal, metric, own, others }: TrialToJudge,
  { slack_factor: factor, slack_amount: amount }: Extract<EarlyTermination, { type: 'bandit' }>,
): string | null {
  const value = bestOf(own, goal);
  const byThen = others.filter((history) => history.length > 0).map((history) => bestOf(history.slice(0, own.length), goal));
  const best = bestOf([value, ...byThen], goal);
  // Azure's tools write the one that is not meant as 0. Where the metric is below zero, a share of its size is meant, not of its sign.
  const share = goal === 'maximize' ? 1 - 1 / (1 + (factor ?? 0)) : (factor ?? 0);
  const limit = best - signOf(goal) * (amount || Math.abs(best) * share);
  if ((value - limit) * signOf(goal) >= 0) return null;
  return `bandit: ${metric} was ${show(value)}, and the ${show(best)} of the best trial by then leaves room ${goal === 'maximize' ? 'down' : 'up'} to ${show(limit)}`;
}

/** Its best so far is worse than the median of what the others had on average by then. */
function againstMedian({ goal, metric, own, others }: TrialToJudge): string | null {
  const averages = others.filter((history) => history.length > 0).map((history) => average(history.slice(0, own.length)));
  if (averages.length === 0) return null;
  const median = medianOf(averages);
  const best = bestOf(own, goal);
  if ((best - median) * signOf(goal) >= 0) return null;
  return `median stopping: ${metric} was ${show(best)} at best, and the median of the other trials is ${show(median)}`;
}

/** Among the worst so many percent of those that have come as far. */
function againstAll({ goal, metric, own, others }: TrialToJudge, percentage: number): string | null {
  const asFar = others.filter((history) => history.length >= own.length).map((history) => history[own.length - 1] ?? Number.NaN);
  const all = [last(own), ...asFar];
  const cut = Math.floor((all.length * percentage) / 100);
  if (cut === 0) return null;
  const worse = asFar.filter((value) => (value - last(own)) * signOf(goal) < 0).length;
  if (worse >= cut) return null;
  return `truncation: ${metric} was ${show(last(own))}, among the worst ${percentage} % of ${all.length} trials`;
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

const show = (value: number): string => String(Number(value.toPrecision(6)));

/** The best that a trial has logged; null where it has logged nothing that can be compared. */
export function bestInHistory(history: MetricHistory, goal: Goal): number | null {
  const values = history.filter((value) => Number.isFinite(value));
  return values.length === 0 ? null : bestOf(values, goal);
}
