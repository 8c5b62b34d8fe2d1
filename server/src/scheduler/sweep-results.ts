import { didYouMean } from '@pipewright/shared/graph/suggest-name.ts';
import type { Metric, StepMetrics } from '@pipewright/shared/http/runs.ts';
import { RunId } from '@pipewright/shared/ids.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { bestInHistory, type MetricHistory } from '@pipewright/shared/sweep/early-termination.ts';
import type { Goal, Sweep } from '@pipewright/shared/sweep/sweep.ts';
import type { TrackingStore } from '../store/tracking-store.ts';

interface Trial {
  readonly runId: RunId;
  readonly row: StepRun;
}

/** What a trial has logged of a metric, in order; of a reused one, what the trial logged whose result it takes over. */
export async function courseOf(tracking: Pick<TrackingStore, 'ofStep'>, trial: Trial, metric: string): Promise<Metric['points']> {
  return (await metricsOf(tracking, trial)).find(({ name }) => name === metric)?.points ?? [];
}

/** Its numbers alone. */
export async function historyOf(tracking: Pick<TrackingStore, 'ofStep'>, trial: Trial, metric: string): Promise<MetricHistory> {
  return numbersIn(await courseOf(tracking, trial, metric));
}

export const numbersIn = (course: Metric['points']): MetricHistory => course.flatMap(({ value }) => (value === null ? [] : [value]));

async function metricsOf(tracking: Pick<TrackingStore, 'ofStep'>, { runId, row }: Trial): Promise<StepMetrics['metrics']> {
  const donor = row.status === 'reused' ? { run: RunId.parse(row.donor.run), step: row.donor.step } : { run: runId, step: row.key };
  return (await tracking.ofStep(donor.run, donor.step)).metrics;
}

/** What none of the trials has logged, in words, with what they have logged instead. */
export async function whyNoneIsBest(tracking: Pick<TrackingStore, 'ofStep'>, trials: readonly Trial[], metric: string): Promise<string> {
  const logged = new Set<string>();
  for (const trial of trials) for (const { name } of await metricsOf(tracking, trial)) logged.add(name);
  const names = [...logged].toSorted();
  const isWrittenOtherwise = logged.has(metric);
  const none = `None of the ${trials.length} trials that completed has logged ${isWrittenOtherwise ? `a number as ${metric}` : metric}, so none is the best.`;
  const instead = names.length === 0 ? 'They have logged no metric.' : `They have logged: ${listed(names)}.${didYouMean(metric, names)}`;
  return `${none} ${instead} Log it in the script: mlflow.log_metric("${metric}", value).`;
}

/** Autologging writes dozens: a message names some. */
function listed(names: readonly string[]): string {
  const most = 12;
  return names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

/** The best that a trial has reached; null where it has not logged the metric. */
export async function resultOf(
  tracking: Pick<TrackingStore, 'ofStep'>,
  trial: Trial,
  { metric, goal }: Pick<Sweep, 'metric' | 'goal'>,
): Promise<number | null> {
  return bestInHistory(await historyOf(tracking, trial, metric), goal);
}

export const isBetter = (value: number, than: number, goal: Goal): boolean => (goal === 'maximize' ? value > than : value < than);
