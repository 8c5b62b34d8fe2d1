import { z } from 'zod';
import type { LoggedMetric, TrackedFacts, TrackedLink, TrackedRun } from '../store/tracking-store.ts';
import { uriOfRun } from './artifact-places.ts';
import { invalid, notFound } from './tracking-error.ts';
import type { TrackingCall } from './tracking-route.ts';

/** MLflow's maps are lists of these. */
export const Pair = z.looseObject({ key: z.string(), value: z.coerce.string().default('') });

const RunRef = z.looseObject({ run_id: z.string().optional(), run_uuid: z.string().optional() });

export async function findRun({ parts, input }: TrackingCall): Promise<TrackedRun> {
  const { run_id, run_uuid } = RunRef.parse(input);
  const id = run_id || run_uuid;
  if (!id) throw invalid("Missing value for required parameter 'run_id'.");
  const run = await parts.store.tracking.get(id);
  if (!run) throw notFound(`Run with id=${id}`);
  return run;
}

/** One that has not been deleted: nothing is logged into others. */
export async function findActiveRun(call: TrackingCall): Promise<TrackedRun> {
  const run = await findRun(call);
  if (run.deletedAt !== null) throw invalid(`The run ${run.id} must be in the 'active' state. Current state is deleted.`);
  return run;
}

export const noFacts: TrackedFacts = { metrics: [], params: {}, tags: {}, links: [] };

/** A run in MLflow's form. */
export async function describeRun(call: TrackingCall, run: TrackedRun): Promise<Record<string, unknown>> {
  const facts = (await call.parts.store.tracking.facts([run.id])).get(run.id) ?? noFacts;
  return formOfRun(call, run, facts);
}

export function formOfRun(call: TrackingCall, run: TrackedRun, facts: TrackedFacts): Record<string, unknown> {
  const { metrics, params, links } = facts;
  return {
    info: infoOf(call, run, facts),
    data: { metrics: metrics.map(toMetric), params: toPairs(params), tags: toPairs(tagsOf(run, facts)) },
    inputs: { dataset_inputs: recordsOf(links, 'dataset'), model_inputs: recordsOf(links, 'model-input') },
    outputs: { model_outputs: recordsOf(links, 'model-output') },
  };
}

/** What follows from a run, and what was said of it. */
export function tagsOf(run: TrackedRun, { tags }: Pick<TrackedFacts, 'tags'>): Record<string, string> {
  const { parent, of } = run;
  return {
    'mlflow.runName': nameOf(run),
    ...(parent === null ? {} : { 'mlflow.parentRunId': parent }),
    ...(of === null ? {} : { 'pipewright.run': of.runId, 'pipewright.step': of.step }),
    ...tags,
  };
}

const recordsOf = (links: readonly TrackedLink[], kind: TrackedLink['kind']): unknown[] =>
  links.filter((link) => link.kind === kind).map(({ record }): unknown => JSON.parse(record));

/** That a run has put out a model. */
export const outputLink = ({ model_id, step }: { readonly model_id: string; readonly step: number }): TrackedLink => ({
  kind: 'model-output',
  name: model_id,
  record: JSON.stringify({ model_id, step }),
});

export function infoOf(call: Pick<TrackingCall, 'parts' | 'caller'>, run: TrackedRun, { tags }: Pick<TrackedFacts, 'tags'>): Record<string, unknown> {
  return {
    run_id: run.id,
    run_uuid: run.id,
    run_name: nameOf(run),
    experiment_id: run.experimentId,
    user_id: tags['mlflow.user'] ?? '',
    status: run.status,
    start_time: run.startedAt,
    ...(run.endedAt === null ? {} : { end_time: run.endedAt }),
    artifact_uri: uriOfRun(call, run),
    lifecycle_stage: run.deletedAt === null ? 'active' : 'deleted',
  };
}

export const nameOf = ({ name, of }: TrackedRun): string => name || (of?.step ?? '');

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
