import { json, Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Clock } from '../scheduler/effect-context.ts';
import type { LoggedMetric, TrackedRun, TrackingStore } from '../store/store.ts';

export interface TrackingParts {
  readonly tracking: TrackingStore;
  readonly clock: Clock;
}

/** MLflow's clients write some numbers as text. */
const number = z.coerce.number();
/** JSON knows no NaN: clients write it as text. */
const metricValue = z.union([z.number(), z.string().transform(Number)]);
const MetricIn = z.looseObject({ key: z.string(), value: metricValue, timestamp: number.optional(), step: number.optional() });
const Pair = z.looseObject({ key: z.string(), value: z.coerce.string() });
const RunRef = z.looseObject({ run_id: z.string().optional(), run_uuid: z.string().optional() });

class TrackingError extends Error {
  override readonly name = 'TrackingError';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * MLflow's tracking REST API, for the steps of runs: `mlflow.log_metric` and autologging work unchanged. Runs are made by
 * the scheduler, one per attempt; a client that wants to make one gets told that it has one in `MLFLOW_RUN_ID`.
 * Source of the format: the REST API page of MLflow's documentation.
 */
export function createTrackingRouter(parts: TrackingParts): Router {
  const router = Router();
  router.use(json({ limit: '16mb' }));
  for (const [path, handle] of Object.entries(routes)) {
    const answer = async (request: Request, response: Response): Promise<void> => {
      const input: unknown = request.method === 'GET' ? request.query : (request.body ?? {});
      response.json(await handle(parts, input));
    };
    for (const version of ['2.0', '3.0']) router.all(`/api/${version}/mlflow/${path}`, answer);
  }
  router.use((_request: Request, response: Response) => {
    response.status(404).json({ error_code: 'ENDPOINT_NOT_FOUND', message: 'Pipewright does not offer this part of the MLflow API.' });
  });
  // Express tells an error handler by its four parameters.
  router.use((error: unknown, _request: Request, response: Response, _next: unknown) => {
    if (error instanceof TrackingError) response.status(error.status).json({ error_code: error.code, message: error.message });
    else if (error instanceof z.ZodError) response.status(400).json({ error_code: 'INVALID_PARAMETER_VALUE', message: z.prettifyError(error) });
    else response.status(500).json({ error_code: 'INTERNAL_ERROR', message: error instanceof Error ? error.message : String(error) });
  });
  return router;
}

type Handler = (parts: TrackingParts, input: unknown) => Promise<unknown>;

const routes: Readonly<Record<string, Handler>> = {
  'runs/get': async (parts, input) => ({ run: await describeRun(parts, await findRun(parts, input)) }),
  'runs/update': updateRun,
  'runs/log-metric': async (parts, input) => await log(parts, input, { metrics: [MetricIn.parse(input)] }),
  'runs/log-parameter': async (parts, input) => await log(parts, input, { params: [Pair.parse(input)] }),
  'runs/set-tag': async (parts, input) => await log(parts, input, { tags: [Pair.parse(input)] }),
  'runs/log-batch': async (parts, input) => await log(parts, input, Batch.parse(input)),
  'runs/log-model': async () => ({}),
  'runs/log-inputs': async () => ({}),
  'runs/create': async () => {
    throw new TrackingError(400, 'INVALID_STATE', 'Steps have a run of their own: use the one in MLFLOW_RUN_ID, which mlflow.start_run() takes by itself.');
  },
  'runs/search': async () => ({ runs: [] }),
  'metrics/get-history': metricHistory,
  'experiments/get': async (_parts, input) => ({ experiment: experimentOf(z.looseObject({ experiment_id: z.string() }).parse(input).experiment_id) }),
  'experiments/get-by-name': async (_parts, input) => ({
    experiment: experimentOf(z.looseObject({ experiment_name: z.string() }).parse(input).experiment_name),
  }),
  'experiments/create': async (_parts, input) => ({ experiment_id: z.looseObject({ name: z.string() }).parse(input).name }),
  'experiments/search': async () => ({ experiments: [] }),
  'artifacts/list': async () => ({ root_uri: '', files: [] }),
};

const Batch = z.looseObject({ metrics: z.array(MetricIn).default([]), params: z.array(Pair).default([]), tags: z.array(Pair).default([]) });

async function log(parts: TrackingParts, input: unknown, batch: Partial<z.infer<typeof Batch>>): Promise<unknown> {
  const run = await findRun(parts, input);
  const at = parts.clock.now().getTime();
  const metrics: LoggedMetric[] = (batch.metrics ?? []).map(({ key, value, timestamp, step }) => ({ name: key, value, at: timestamp ?? at, step: step ?? 0 }));
  await parts.tracking.log(run.id, { metrics, params: toRecord(batch.params ?? []), tags: toRecord(batch.tags ?? []) });
  return {};
}

async function updateRun(parts: TrackingParts, input: unknown): Promise<unknown> {
  const run = await findRun(parts, input);
  // A step that calls `mlflow.end_run` has not ended: how the attempt ends is the scheduler's to say.
  return { run_info: infoOf(run) };
}

async function metricHistory(parts: TrackingParts, input: unknown): Promise<unknown> {
  const run = await findRun(parts, input);
  const { metric_key } = z.looseObject({ metric_key: z.string() }).parse(input);
  return { metrics: (await parts.tracking.metricHistory(run.id, metric_key)).map(toMetric) };
}

async function findRun({ tracking }: TrackingParts, input: unknown): Promise<TrackedRun> {
  const { run_id, run_uuid } = RunRef.parse(input);
  const id = run_id ?? run_uuid ?? '';
  const run = await tracking.get(id);
  if (!run) throw new TrackingError(404, 'RESOURCE_DOES_NOT_EXIST', `Run '${id}' not found`);
  return run;
}

async function describeRun({ tracking }: TrackingParts, run: TrackedRun): Promise<unknown> {
  const [metrics, params, tags] = [await tracking.lastMetrics(run.id), await tracking.params(run.id), await tracking.tags(run.id)];
  return { info: infoOf(run), data: { metrics: metrics.map(toMetric), params: toPairs(params), tags: toPairs(tags) }, inputs: {} };
}

function infoOf(run: TrackedRun): Record<string, unknown> {
  return {
    run_id: run.id,
    run_uuid: run.id,
    run_name: run.step,
    experiment_id: run.experiment,
    user_id: '',
    status: run.status,
    start_time: run.startedAt,
    ...(run.endedAt === null ? {} : { end_time: run.endedAt }),
    artifact_uri: '',
    lifecycle_stage: 'active',
  };
}

const experimentOf = (name: string): Record<string, unknown> => ({ experiment_id: name, name, artifact_location: '', lifecycle_stage: 'active' });
const toMetric = ({ name, value, at, step }: LoggedMetric): Record<string, unknown> => ({
  key: name,
  value: Number.isFinite(value) ? value : String(value),
  timestamp: at,
  step,
});
const toRecord = (pairs: readonly { key: string; value: string }[]): Record<string, string> => Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
const toPairs = (record: Readonly<Record<string, string>>): { key: string; value: string }[] => Object.entries(record).map(([key, value]) => ({ key, value }));
