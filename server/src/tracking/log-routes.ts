import { z } from 'zod';
import type { LoggedMetric, TrackedBatch, TrackedRun } from '../store/tracking-store.ts';
import { checkCount, checkKey, cutTo, limits } from './limits.ts';
import { findActiveRun, outputLink, Pair, toRecord } from './mlflow-form.ts';
import { invalid, missing } from './tracking-error.ts';
import type { TrackingCall, TrackingRoute } from './tracking-route.ts';

/** Clients write some numbers as text, and what JSON has no number for: NaN, Infinity, -Infinity. */
const metricValue = z.union([z.number(), z.string().transform(toNumber)]);
const MetricIn = z.looseObject({
  key: z.string(),
  value: metricValue,
  timestamp: z.coerce.number().int().min(0).optional(),
  step: z.coerce.number().int().optional(),
  model_id: z.string().optional(),
  dataset_name: z.string().optional(),
  dataset_digest: z.string().optional(),
});
type MetricIn = z.infer<typeof MetricIn>;

const Batch = z.looseObject({ metrics: z.array(MetricIn).default([]), params: z.array(Pair).default([]), tags: z.array(Pair).default([]) });
type Batch = z.infer<typeof Batch>;

export const logRoutes: readonly TrackingRoute[] = [
  { method: 'post', path: 'runs/log-metric', handle: async (call) => await log(call, { metrics: [MetricIn.parse(call.input)] }) },
  { method: 'post', path: 'runs/log-parameter', handle: async (call) => await log(call, { params: [Pair.parse(call.input)] }) },
  { method: 'post', path: 'runs/set-tag', handle: async (call) => await log(call, { tags: [Pair.parse(call.input)] }) },
  { method: 'post', path: 'runs/log-batch', handle: async (call) => await log(call, Batch.parse(call.input)) },
  { method: 'post', path: 'runs/delete-tag', handle: deleteTag },
  { method: 'post', path: 'runs/log-inputs', handle: logInputs },
  { method: 'post', path: 'runs/outputs', handle: logOutputs },
  { method: 'post', path: 'runs/log-model', handle: logModel },
];

function toNumber(text: string): number {
  if (text === 'NaN') return Number.NaN;
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw invalid(`Invalid value '${text}' for parameter 'value': a metric is a number.`);
  return value;
}

async function log(call: TrackingCall, batch: Partial<Batch>): Promise<unknown> {
  const { store, news } = call.parts;
  const run = await findActiveRun(call);
  const checked = check(batch, call.parts.clock.now().getTime());
  const outcome = await store.tracking.log(run.id, checked);
  if (outcome.kind === 'param-taken') {
    const { name, value, given } = outcome;
    throw invalid(
      `Changing param values is not allowed. Param with key='${name}' was already logged with value='${value}' for run ID='${run.id}'. Attempted logging new value '${given}'.`,
    );
  }
  const name = checked.tags['mlflow.runName'];
  if (name) await store.tracking.update(run.id, { name });
  if (checked.metrics.length > 0 && run.of) news.tell({ runId: run.of.runId, step: run.of.step });
  return {};
}

function check({ metrics = [], params = [], tags = [] }: Partial<Batch>, now: number): TrackedBatch {
  checkCount('metrics', metrics.length, limits.metrics);
  checkCount('params', params.length, limits.params);
  checkCount('tags', tags.length, limits.tags);
  checkCount('metrics, params, and tags', metrics.length + params.length + tags.length, limits.entities);
  for (const key of new Set(metrics.map((metric) => metric.key))) checkKey('metrics', key);
  for (const { key } of params) checkKey('params', key);
  for (const { key } of tags) checkKey('tags', key);
  const twice = params.find(({ key }, index) => params.findIndex((other) => other.key === key) !== index);
  if (twice)
    throw invalid(`Duplicate parameter keys have been submitted: ['${twice.key}']. Please ensure the request contains only one param value per param key.`);
  return {
    metrics: metrics.map((metric) => toMetric(metric, now)),
    params: toRecord(params.map(({ key, value }) => ({ key, value: cutTo(value, limits.param) }))),
    tags: toRecord(tags.map(({ key, value }) => ({ key, value: cutTo(value, limits.tag) }))),
  };
}

function toMetric({ key, value, timestamp, step, model_id, dataset_name, dataset_digest }: MetricIn, now: number): LoggedMetric {
  const dataset = dataset_name ? { dataset: JSON.stringify([dataset_name, dataset_digest ?? '']) } : {};
  return { name: key, value, at: timestamp ?? now, step: step ?? 0, ...(model_id ? { model: model_id } : {}), ...dataset };
}

async function deleteTag(call: TrackingCall): Promise<unknown> {
  const run = await findActiveRun(call);
  const { key } = z.looseObject({ key: z.string() }).parse(call.input);
  const wasThere = await call.parts.store.tracking.removeTag(run.id, key);
  if (!wasThere) throw missing(`No tag with name: ${key} in run with id ${run.id}`);
  return {};
}

const Inputs = z.looseObject({
  datasets: z
    .array(
      z.looseObject({
        tags: z.array(Pair).default([]),
        dataset: z.looseObject({
          name: z.string().min(1).max(500),
          digest: z.string().max(36).default(''),
          source_type: z.string().default(''),
          source: z.string().default(''),
        }),
      }),
    )
    .default([]),
  models: z.array(z.looseObject({ model_id: z.string() })).default([]),
});

/** The data that autologging says went in, and models that were loaded. */
async function logInputs(call: TrackingCall): Promise<unknown> {
  const run = await findActiveRun(call);
  const { datasets, models } = Inputs.parse(call.input);
  await call.parts.store.tracking.link(run.id, [
    ...datasets.map((input) => ({ kind: 'dataset' as const, name: JSON.stringify([input.dataset.name, input.dataset.digest]), record: JSON.stringify(input) })),
    ...models.map(({ model_id }) => ({ kind: 'model-input' as const, name: model_id, record: JSON.stringify({ model_id }) })),
  ]);
  return {};
}

const Outputs = z.looseObject({ models: z.array(z.looseObject({ model_id: z.string(), step: z.coerce.number().default(0) })).default([]) });

async function logOutputs(call: TrackingCall): Promise<unknown> {
  const run = await findActiveRun(call);
  const { models } = Outputs.parse(call.input);
  await call.parts.store.tracking.link(run.id, models.map(outputLink));
  return {};
}

/** Clients before MLflow 3 say only what they wrote; their own server keeps it in this tag. */
const historyTag = 'mlflow.log-model.history';

async function logModel(call: TrackingCall): Promise<unknown> {
  const run = await findActiveRun(call);
  const { model_json } = z.looseObject({ model_json: z.string() }).parse(call.input);
  const text = JSON.stringify([...(await historyOf(call, run)), parsed(model_json)]);
  await call.parts.store.tracking.log(run.id, { metrics: [], params: {}, tags: { [historyTag]: text } });
  return {};
}

async function historyOf({ parts }: TrackingCall, run: TrackedRun): Promise<unknown[]> {
  const tags = (await parts.store.tracking.facts([run.id])).get(run.id)?.tags ?? {};
  return z.array(z.unknown()).parse(JSON.parse(tags[historyTag] ?? '[]'));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('Malformed model info: model_json is no JSON.');
  }
}
