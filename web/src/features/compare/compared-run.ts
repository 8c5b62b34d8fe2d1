import type { Run, RunMetrics } from '@pipewright/shared/http/runs.ts';
import type { ComparedRunStep } from '@pipewright/shared/run/compare-runs.ts';

/** A run with the last values of what it has logged. */
export interface ComparedRun {
  readonly run: Run;
  readonly metrics: RunMetrics['items'];
}

/** One metric of a step over all runs; undefined where a run has none of that name, null where it is no number. */
export interface ComparedMetric {
  readonly step: ComparedRunStep;
  readonly name: string;
  readonly values: readonly (number | null | undefined)[];
  /** The most points that one of the runs has logged: more than one is a course. */
  readonly pointCount: number;
}

/** The metrics of all of them, step by step, in the order in which they were logged first. */
export function comparedMetrics(runs: readonly ComparedRun[], steps: readonly ComparedRunStep[]): ComparedMetric[] {
  const logged = runs.map(({ metrics }) => new Map(metrics.map(({ step, metrics: own }) => [step, new Map(own.map((metric) => [metric.name, metric]))])));
  return steps.flatMap((step) => {
    const ofRuns = step.keys.map((key, index) => (key === null ? undefined : logged[index]?.get(key)));
    const names = [...new Set(ofRuns.flatMap((metrics) => [...(metrics?.keys() ?? [])]))];
    return names.map((name): ComparedMetric => {
      const found = ofRuns.map((metrics) => metrics?.get(name));
      return { step, name, values: found.map((metric) => metric?.last), pointCount: Math.max(...found.map((metric) => metric?.pointCount ?? 0)) };
    });
  });
}

const lowerIsBetter = /loss|error|(^|_)(r?mse|mae|mape|rmsle|logloss|deviance|perplexity|brier|fpr|fnr)(_|$|\d)/i;
const higherIsBetter = /(^|_)(r2|auc|roc_auc|accuracy|acc|precision|recall|f1|f_1|f\d|score|iou|map|ndcg|kappa|mcc|r2_score|explained_variance)(_|$)/i;

/** What its name says of where it is to go; null where it says nothing. */
export function goalOf(metric: string): 'lower' | 'higher' | null {
  if (lowerIsBetter.test(metric)) return 'lower';
  return higherIsBetter.test(metric) ? 'higher' : null;
}

/** The runs with the best value, where the name of the metric says what is better and they are not all alike. */
export function bestOf({ name, values }: Pick<ComparedMetric, 'name' | 'values'>): ReadonlySet<number> {
  const goal = goalOf(name);
  const numbers = values.filter((value) => typeof value === 'number');
  if (goal === null || numbers.length < 2) return new Set();
  const best = goal === 'lower' ? Math.min(...numbers) : Math.max(...numbers);
  const holders = values.flatMap((value, index) => (value === best ? [index] : []));
  return holders.length === numbers.length ? new Set() : new Set(holders);
}
