import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { TrackedRun } from '../store/store.ts';
import { modelFolder, modelsOf, newModelId, readModel, runOfModel, writeModel, type LoggedModel } from './logged-model.ts';
import { findRun, Pair, toPairs, toRecord } from './mlflow-form.ts';
import { notFound } from './tracking-error.ts';
import type { TrackingCall, TrackingParts, TrackingRoute } from './tracking-route.ts';

export const loggedModelRoutes: readonly TrackingRoute[] = [
  { method: 'post', path: 'logged-models', handle: createModel },
  { method: 'post', path: 'logged-models/search', handle: searchModels },
  { method: 'get', path: 'logged-models/:model_id', handle: async (call) => await change(call, () => ({})) },
  {
    method: 'patch',
    path: 'logged-models/:model_id',
    handle: async (call) => await change(call, () => z.looseObject({ status: z.string() }).parse(call.input)),
  },
  {
    method: 'post',
    path: 'logged-models/:model_id/params',
    handle: async (call) => await change(call, ({ params }) => ({ params: { ...params, ...pairsIn(call, 'params') } })),
  },
  {
    method: 'patch',
    path: 'logged-models/:model_id/tags',
    handle: async (call) => await change(call, ({ tags }) => ({ tags: { ...tags, ...pairsIn(call, 'tags') } })),
  },
  { method: 'post', path: 'runs/outputs', handle: logOutputs },
  { method: 'post', path: 'runs/log-model', handle: logModelOfRun },
];

const NewModel = z.looseObject({
  name: z.string().default('model'),
  model_type: z.string().default(''),
  source_run_id: z.string().optional(),
  params: z.array(Pair).default([]),
  tags: z.array(Pair).default([]),
});

async function createModel({ parts, input, caller }: TrackingCall): Promise<unknown> {
  const { name, model_type, source_run_id, params, tags } = NewModel.parse(input);
  const run = (source_run_id ? await parts.tracking.get(source_run_id) : undefined) ?? caller;
  if (!run) throw notFound(`Run '${source_run_id ?? ''}'`);
  const at = parts.clock.now().getTime();
  const model: LoggedModel = {
    id: newModelId(run),
    name,
    modelType: model_type,
    status: 'LOGGED_MODEL_PENDING',
    createdAt: at,
    updatedAt: at,
    tags: toRecord(tags),
    params: toRecord(params),
    step: null,
  };
  await writeModel(parts, run, model);
  return { model: describe(parts, run, model) };
}

async function change(call: TrackingCall, changed: (model: LoggedModel) => Partial<LoggedModel>): Promise<unknown> {
  const { parts } = call;
  const { model_id } = z.looseObject({ model_id: z.string() }).parse(call.input);
  const run = await runOfModel(parts, model_id);
  const before = await readModel(parts, run, model_id);
  const { status = before.status, tags = before.tags, params = before.params } = changed(before);
  const isSame = status === before.status && tags === before.tags && params === before.params;
  const model = isSame ? before : { ...before, status, tags, params, updatedAt: parts.clock.now().getTime() };
  if (!isSame) await writeModel(parts, run, model);
  return { model: describe(parts, run, model) };
}

function pairsIn({ input }: TrackingCall, key: string): Record<string, string> {
  const record = z.record(z.string(), z.unknown()).parse(input);
  return toRecord(z.array(Pair).parse(record[key] ?? []));
}

const Search = z.looseObject({ experiment_ids: z.array(z.string()).default([]), max_results: z.coerce.number().default(100) });

/** Of some experiments, newest runs first. */
async function searchModels({ parts, input }: TrackingCall): Promise<unknown> {
  const { experiment_ids, max_results } = Search.parse(input);
  const models: unknown[] = [];
  for (const run of await parts.tracking.list({ experiments: experiment_ids, limit: 1000 })) {
    models.push(...(await modelsOf(parts, run)).map((model) => describe(parts, run, model)));
    if (models.length >= max_results) break;
  }
  return { models: models.slice(0, max_results) };
}

const Outputs = z.looseObject({ models: z.array(z.looseObject({ model_id: z.string(), step: z.coerce.number().default(0) })).default([]) });

async function logOutputs(call: TrackingCall): Promise<unknown> {
  const { parts, input } = call;
  for (const { model_id, step } of Outputs.parse(input).models) {
    const run = await runOfModel(parts, model_id);
    await writeModel(parts, run, { ...(await readModel(parts, run, model_id)), step });
  }
  return {};
}

/** Clients before MLflow 3 say only what they wrote; their own server keeps it in this tag. */
const historyTag = 'mlflow.log-model.history';

async function logModelOfRun(call: TrackingCall): Promise<unknown> {
  const { tracking } = call.parts;
  const run = await findRun(call);
  const { model_json } = z.looseObject({ model_json: z.string() }).parse(call.input);
  const history = z.array(z.unknown()).parse(JSON.parse((await tracking.tags(run.id))[historyTag] ?? '[]'));
  const text = JSON.stringify([...history, z.unknown().parse(JSON.parse(model_json))]);
  await tracking.log(run.id, { metrics: [], params: {}, tags: { [historyTag]: text } });
  return {};
}

function describe(parts: TrackingParts, run: TrackedRun, model: LoggedModel): Record<string, unknown> {
  const { id, name, modelType, status, createdAt, updatedAt, tags, params } = model;
  const info = {
    model_id: id,
    experiment_id: run.experiment,
    name,
    creation_timestamp_ms: createdAt,
    last_updated_timestamp_ms: updatedAt,
    artifact_uri: pathToFileURL(join(modelFolder(parts, run, id), 'artifacts')).href,
    status,
    model_type: modelType,
    source_run_id: run.id,
    tags: toPairs(tags),
  };
  return { info, data: { params: toPairs(params), metrics: [] } };
}
