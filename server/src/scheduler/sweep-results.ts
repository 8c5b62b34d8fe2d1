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
export async function historyOf(tracking: Pick<TrackingStore, 'ofStep'>, { runId, row }: Trial, metric: string): Promise<MetricHistory> {
  const donor = row.status === 'reused' ? { run: RunId.parse(row.donor.run), step: row.donor.step } : { run: runId, step: row.key };
  const { metrics } = await tracking.ofStep(donor.run, donor.step);
  return metrics.find(({ name }) => name === metric)?.points.flatMap(({ value }) => (value === null ? [] : [value])) ?? [];
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
