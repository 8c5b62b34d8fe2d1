import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { LoggedMetric, TrackedRun } from '../store/store.ts';
import { modelsOf } from './logged-model.ts';
import { notFound } from './tracking-error.ts';
import type { TrackingCall, TrackingParts } from './tracking-route.ts';

/** MLflow's maps are lists of these. */
export const Pair = z.looseObject({ key: z.string(), value: z.coerce.string() });

const RunRef = z.looseObject({ run_id: z.string().optional(), run_uuid: z.string().optional() });

export async function findRun({ parts, input }: TrackingCall): Promise<TrackedRun> {
  const { run_id, run_uuid } = RunRef.parse(input);
  const id = run_id ?? run_uuid ?? '';
  const run = await parts.tracking.get(id);
  if (!run) throw notFound(`Run '${id}'`);
  return run;
}

/** A run in MLflow's form. */
export async function describeRun(parts: TrackingParts, run: TrackedRun): Promise<Record<string, unknown>> {
  const { tracking } = parts;
  const [metrics, params, own] = await Promise.all([tracking.lastMetrics(run.id), tracking.params(run.id), tracking.tags(run.id)]);
  const tags = { 'mlflow.runName': nameOf(run), ...own, ...(run.parent === null || own['mlflow.parentRunId'] ? {} : { 'mlflow.parentRunId': run.parent }) };
  const outputs = (await modelsOf(parts, run)).flatMap(({ id, step }) => (step === null ? [] : [{ model_id: id, step }]));
  return {
    info: infoOf(parts, run),
    data: { metrics: metrics.map(toMetric), params: toPairs(params), tags: toPairs(tags) },
    inputs: {},
    outputs: { model_outputs: outputs },
  };
}

export function infoOf(parts: TrackingParts, run: TrackedRun): Record<string, unknown> {
  return {
    run_id: run.id,
    run_uuid: run.id,
    run_name: nameOf(run),
    experiment_id: run.experiment,
    user_id: '',
    status: run.status,
    start_time: run.startedAt,
    ...(run.endedAt === null ? {} : { end_time: run.endedAt }),
    artifact_uri: pathToFileURL(artifactsFolder(parts, run)).href,
    lifecycle_stage: 'active',
  };
}

export const artifactsFolder = ({ filesFolder }: TrackingParts, run: TrackedRun): string => join(filesFolder(run), 'artifacts');

const nameOf = ({ name, step }: TrackedRun): string => name || step;

/** JSON knows no NaN and no infinity: MLflow writes them as text. */
export const toMetric = ({ name, value, at, step }: LoggedMetric): Record<string, unknown> => ({
  key: name,
  value: Number.isFinite(value) ? value : String(value),
  timestamp: at,
  step,
});

export const toPairs = (record: Readonly<Record<string, string>>): { key: string; value: string }[] =>
  Object.entries(record).map(([key, value]) => ({ key, value }));

export const toRecord = (pairs: readonly { key: string; value: string }[]): Record<string, string> =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
