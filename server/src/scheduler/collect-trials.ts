import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import type { Sweep } from '@pipewright/shared/sweep/sweep.ts';
import { itemKey } from '@pipewright/shared/run/item-key.ts';
import { deliverOutputs } from './deliver-outputs.ts';
import type { World } from './effect-context.ts';
import type { AttemptTask } from './prepare-step.ts';
import { isBetter, resultOf, whyNoneIsBest } from './sweep-results.ts';

type DoneRow = Extract<StepRun, { status: 'completed' | 'reused' }>;

/** What a sweep puts out: the outputs of the trial that reached the best value of the metric. */
export async function collectTrials(world: World, { actor, step, attempt, sweep }: AttemptTask & { readonly sweep: Sweep }): Promise<void> {
  const row = actor.step(step);
  const total = row?.status === 'finalizing' ? (row.items?.total ?? 0) : 0;
  let best: { readonly row: DoneRow; readonly value: number } | null = null;
  const done: DoneRow[] = [];
  for (let index = 0; index < total; index += 1) {
    const trial = await world.store.runs.step(actor.runId, itemKey(step, index));
    if (trial?.status !== 'completed' && trial?.status !== 'reused') continue;
    done.push(trial);
    const value = await resultOf(world.store.tracking, { runId: actor.runId, row: trial }, sweep);
    if (value !== null && (best === null || isBetter(value, best.value, sweep.goal))) best = { row: trial, value };
  }
  if (best === null) {
    const trials = done.map((each) => ({ runId: actor.runId, row: each }));
    const message = await whyNoneIsBest(world.store.tracking, trials, sweep.metric);
    return actor.send({ type: 'step:collection-failed', step, attempt, failure: { reason: 'outputs', message, firstError: message, lastLines: [] } });
  }
  const { key, outputs } = best.row;
  const failure = await deliverOutputs(world, { actor, step }, outputs);
  if (failure) return actor.send({ type: 'step:collection-failed', step, attempt, failure });
  const note = `${key} was the best of ${done.length} trials: ${sweep.metric} ${best.value}.`;
  actor.send({
    type: 'step:collected',
    step,
    attempt,
    outputs,
    notes: [note],
    isReusable: false,
    best: { step: key, metric: sweep.metric, value: best.value },
  });
}
