import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { LoggedMetric, TrackedRun } from '../store/store.ts';
import { describeRun, findRun, infoOf, Pair, toMetric, toRecord } from './mlflow-form.ts';
import { compareBy, parseFilter, parseOrder } from './run-search.ts';
import { invalid, TrackingError } from './tracking-error.ts';
import type { TrackingCall, TrackingRoute } from './tracking-route.ts';

/** MLflow's clients write some numbers as text. */
const number = z.coerce.number();
/** JSON knows no NaN: clients write it as text. */
const metricValue = z.union([z.number(), z.string().transform(Number)]);
const MetricIn = z.looseObject({ key: z.string(), value: metricValue, timestamp: number.optional(), step: number.optional() });
const Batch = z.looseObject({ metrics: z.array(MetricIn).default([]), params: z.array(Pair).default([]), tags: z.array(Pair).default([]) });
type Batch = z.infer<typeof Batch>;

export const runRoutes: readonly TrackingRoute[] = [
  { method: 'post', path: 'runs/create', handle: createRun },
  { method: 'all', path: 'runs/get', handle: async (call) => ({ run: await describeRun(call.parts, await findRun(call)) }) },
  { method: 'post', path: 'runs/update', handle: updateRun },
  { method: 'post', path: 'runs/search', handle: searchRuns },
  { method: 'post', path: 'runs/log-metric', handle: async (call) => await log(call, { metrics: [MetricIn.parse(call.input)] }) },
  { method: 'post', path: 'runs/log-parameter', handle: async (call) => await log(call, { params: [Pair.parse(call.input)] }) },
  { method: 'post', path: 'runs/set-tag', handle: async (call) => await log(call, { tags: [Pair.parse(call.input)] }) },
  { method: 'post', path: 'runs/log-batch', handle: async (call) => await log(call, Batch.parse(call.input)) },
  // Which data a step reads stands in its inputs; what the client says of it is taken and not kept.
  { method: 'post', path: 'runs/log-inputs', handle: async (call) => (await findRun(call), {}) },
  { method: 'all', path: 'metrics/get-history', handle: metricHistory },
];

const NewRun = z.looseObject({
  start_time: number.optional(),
  run_name: z.string().optional(),
  tags: z.array(Pair).default([]),
});

/** A run within a step: a fold, a trial, a second `start_run`. It belongs to the attempt whose client makes it. */
async function createRun({ parts, input, caller }: TrackingCall): Promise<unknown> {
  const { tracking, clock } = parts;
  const { start_time, run_name, tags } = NewRun.parse(input);
  const given = toRecord(tags);
  const named = given['mlflow.parentRunId'];
  const parent = (named === undefined ? undefined : await tracking.get(named)) ?? caller;
  if (!parent)
    throw new TrackingError(400, 'INVALID_STATE', 'Runs are made by pipelines here. Log from a step: mlflow.start_run() finds its run in MLFLOW_RUN_ID.');
  const id = randomUUID().replaceAll('-', '');
  const { runId, step, attempt, experiment } = parent;
  const startedAt = start_time ?? clock.now().getTime();
  await tracking.start({ id, runId, step, attempt, experiment, startedAt, parent: parent.id, name: run_name ?? given['mlflow.runName'] ?? '' });
  await tracking.log(id, { metrics: [], params: {}, tags: given });
  const run = await tracking.get(id);
  if (!run) throw new Error(`Internal error: expected the tracked run ${id} that was just started`);
  return { run: await describeRun(parts, run) };
}

const Change = z.looseObject({ status: z.string().optional(), end_time: number.optional(), run_name: z.string().optional() });

/** A step that calls `mlflow.end_run` goes on: how the attempt ended is written last, by the scheduler. */
async function updateRun(call: TrackingCall): Promise<unknown> {
  const { tracking } = call.parts;
  const run = await findRun(call);
  const { status, end_time, run_name } = Change.parse(call.input);
  const change = {
    ...(status === undefined ? {} : { status }),
    ...(end_time === undefined ? {} : { endedAt: end_time }),
    ...(run_name === undefined ? {} : { name: run_name }),
  };
  await tracking.update(run.id, change);
  if (run_name !== undefined) await tracking.log(run.id, { metrics: [], params: {}, tags: { 'mlflow.runName': run_name } });
  return { run_info: infoOf(call.parts, (await tracking.get(run.id)) ?? run) };
}

async function log(call: TrackingCall, batch: Partial<Batch>): Promise<unknown> {
  const { tracking, clock } = call.parts;
  const run = await findRun(call);
  const at = clock.now().getTime();
  const metrics = (batch.metrics ?? []).map(({ key, value, timestamp, step }): LoggedMetric => ({ name: key, value, at: timestamp ?? at, step: step ?? 0 }));
  await tracking.log(run.id, { metrics, params: toRecord(batch.params ?? []), tags: toRecord(batch.tags ?? []) });
  if (metrics.length > 0) call.parts.news.tell({ runId: run.runId, step: run.step });
  return {};
}

const History = z.looseObject({ metric_key: z.string() });

async function metricHistory(call: TrackingCall): Promise<unknown> {
  const run = await findRun(call);
  const { metric_key } = History.parse(call.input);
  return { metrics: (await call.parts.tracking.metricHistory(run.id, metric_key)).map(toMetric) };
}

const Search = z.looseObject({
  experiment_ids: z.array(z.string()).default([]),
  filter: z.string().default(''),
  order_by: z.array(z.string()).default([]),
  max_results: number.default(1000),
  page_token: z.string().optional(),
  run_view_type: z.string().default('ACTIVE_ONLY'),
});

/** Runs looked through for one search. */
const mostSearched = 5000;

async function searchRuns({ parts, input }: TrackingCall): Promise<unknown> {
  const { experiment_ids, filter, order_by, max_results, page_token, run_view_type } = Search.parse(input);
  if (run_view_type === 'DELETED_ONLY') return { runs: [] };
  const matches = parseFilter(filter);
  const order = order_by.map(parseOrder);
  const found = await parts.tracking.list({ experiments: experiment_ids, limit: mostSearched });
  const facts = await Promise.all(found.map(async (run) => await factsOf(parts, run)));
  const matching = facts.filter(matches).toSorted(compareBy(order));
  const start = Number(page_token ?? 0);
  if (!Number.isSafeInteger(start) || start < 0) throw invalid(`'${page_token}' is not the token of a page.`);
  const page = matching.slice(start, start + max_results);
  const next = start + page.length;
  const runs = await Promise.all(page.map(async ({ run }) => await describeRun(parts, run)));
  return { runs, ...(next < matching.length ? { next_page_token: String(next) } : {}) };
}

async function factsOf({ tracking }: TrackingCall['parts'], run: TrackedRun) {
  const [metrics, params, tags] = await Promise.all([tracking.lastMetrics(run.id), tracking.params(run.id), tracking.tags(run.id)]);
  return { run, metrics: Object.fromEntries(metrics.map(({ name, value }) => [name, value])), params, tags };
}
