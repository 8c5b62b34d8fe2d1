import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { LoggedModel, LoggedModelChange } from '../store/tracking-store.ts';
import { folderOfModel, uriOfModel } from './artifact-places.ts';
import { listFolder } from './artifact-routes.ts';
import { findExperiment } from './experiment-routes.ts';
import { outputLink, Pair, toMetric, toPairs, toRecord } from './mlflow-form.ts';
import { cut, pageOf } from './page.ts';
import { attributeOf, compareBy, parseFilter, parseOrder, valueIn, type Searchable } from './search-filter.ts';
import { missing, notFound } from './tracking-error.ts';
import type { TrackingCall, TrackingRoute } from './tracking-route.ts';

export const loggedModelRoutes: readonly TrackingRoute[] = [
  { method: 'post', path: 'logged-models', handle: createModel },
  { method: 'post', path: 'logged-models/search', handle: searchModels },
  { method: 'get', path: 'logged-models/:model_id', handle: async (call) => await answer(call, await findModel(call)) },
  { method: 'patch', path: 'logged-models/:model_id', handle: finalize },
  { method: 'delete', path: 'logged-models/:model_id', handle: deleteModel },
  { method: 'post', path: 'logged-models/:model_id/params', handle: setParams },
  { method: 'patch', path: 'logged-models/:model_id/tags', handle: setTags },
  { method: 'delete', path: 'logged-models/:model_id/tags/:tag_key', handle: deleteTag },
  { method: 'get', path: 'logged-models/:model_id/artifacts/directories', handle: listArtifacts },
];

const NewModel = z.looseObject({
  experiment_id: z.coerce.string().optional(),
  name: z.string().optional(),
  model_type: z.string().default(''),
  source_run_id: z.string().optional(),
  params: z.array(Pair).default([]),
  tags: z.array(Pair).default([]),
});

async function createModel(call: TrackingCall): Promise<unknown> {
  const { parts, input, caller } = call;
  const { experiment_id, name, model_type, source_run_id, params, tags } = NewModel.parse(input);
  const run = source_run_id ? await parts.store.tracking.get(source_run_id) : caller;
  if (source_run_id && !run) throw notFound(`Run with id=${source_run_id}`);
  const experiment = await findExperiment(parts, run?.experimentId ?? experiment_id ?? '0');
  const at = parts.clock.now().getTime();
  const id = `m-${randomUUID().replaceAll('-', '')}`;
  const said = { name: name || id, modelType: model_type, tags: toRecord(tags), params: toRecord(params) };
  const model: LoggedModel = { id, experimentId: experiment.id, run: run?.id ?? null, status: 'LOGGED_MODEL_PENDING', createdAt: at, updatedAt: at, ...said };
  await parts.store.loggedModels.create(model);
  // A client that names no run tells it of no outputs either, and needs them later to tell models of one name apart.
  if (run && !source_run_id) await parts.store.tracking.link(run.id, [outputLink({ model_id: id, step: 0 })]);
  return await answer(call, model);
}

const Id = z.looseObject({ model_id: z.string() });

async function findModel({ parts, input }: TrackingCall): Promise<LoggedModel> {
  const { model_id } = Id.parse(input);
  const model = await parts.store.loggedModels.get(model_id);
  if (!model) throw notFound(`Logged model with ID '${model_id}'`);
  return model;
}

async function change(call: TrackingCall, changed: (model: LoggedModel) => LoggedModelChange): Promise<unknown> {
  const { store, clock } = call.parts;
  const { id } = await findModel(call);
  const model = await store.loggedModels.change(id, changed, clock.now().getTime());
  if (!model) throw notFound(`Logged model with ID '${id}'`);
  return await answer(call, model);
}

const Status = z.enum(['LOGGED_MODEL_PENDING', 'LOGGED_MODEL_READY', 'LOGGED_MODEL_UPLOAD_FAILED']);

async function finalize(call: TrackingCall): Promise<unknown> {
  const { status } = z.looseObject({ status: Status }).parse(call.input);
  return await change(call, () => ({ status }));
}

async function setParams(call: TrackingCall): Promise<unknown> {
  const given = z.looseObject({ params: z.array(Pair).default([]) }).parse(call.input);
  return await change(call, ({ params }) => ({ params: { ...params, ...toRecord(given.params) } }));
}

async function setTags(call: TrackingCall): Promise<unknown> {
  const given = z.looseObject({ tags: z.array(Pair).default([]) }).parse(call.input);
  return await change(call, ({ tags }) => ({ tags: { ...tags, ...toRecord(given.tags) } }));
}

async function deleteTag(call: TrackingCall): Promise<unknown> {
  const { tag_key } = z.looseObject({ tag_key: z.string() }).parse(call.input);
  const { id, tags } = await findModel(call);
  if (!Object.hasOwn(tags, tag_key)) throw missing(`No tag with key '${tag_key}' found for model with ID '${id}'.`);
  await change(call, (model) => ({ tags: Object.fromEntries(Object.entries(model.tags).filter(([key]) => key !== tag_key)) }));
  return {};
}

async function deleteModel(call: TrackingCall): Promise<unknown> {
  const { store, clock } = call.parts;
  await store.loggedModels.delete((await findModel(call)).id, clock.now().getTime());
  return {};
}

async function listArtifacts(call: TrackingCall): Promise<unknown> {
  const model = await findModel(call);
  const { artifact_directory_path } = z.looseObject({ artifact_directory_path: z.string().default('') }).parse(call.input);
  const root_uri = await uriOfModel(call, model);
  return { root_uri, ...(await listFolder(await folderOfModel(call.parts, model), artifact_directory_path, call.input)) };
}

const Search = pageOf(1000, 100).extend({
  experiment_ids: z.array(z.coerce.string()).default([]),
  filter: z.string().default(''),
  order_by: z.array(z.looseObject({ field_name: z.string(), ascending: z.boolean().default(true), dataset_name: z.string().optional() })).default([]),
  datasets: z.array(z.looseObject({ dataset_name: z.string() })).default([]),
});

interface ModelFacts {
  readonly model: LoggedModel;
  readonly metrics: Readonly<Record<string, number>>;
}

const searchable: Searchable<ModelFacts> = {
  what: 'Logged models',
  read: (group, name) => {
    if (group?.startsWith('metric')) return ({ metrics }) => valueIn(metrics, name);
    if (group?.startsWith('param')) return ({ model }) => valueIn(model.params, name);
    if (group?.startsWith('tag')) return ({ model }) => valueIn(model.tags, name);
    return attributeOf('Logged models', attributes, name);
  },
};

const attributes = {
  name: ({ model }: ModelFacts) => model.name,
  model_id: ({ model }: ModelFacts) => model.id,
  model_type: ({ model }: ModelFacts) => model.modelType,
  status: ({ model }: ModelFacts) => model.status.replace('LOGGED_MODEL_', ''),
  source_run_id: ({ model }: ModelFacts) => model.run ?? undefined,
  creation_time: ({ model }: ModelFacts) => model.createdAt,
  creation_timestamp: ({ model }: ModelFacts) => model.createdAt,
  last_updated_timestamp: ({ model }: ModelFacts) => model.updatedAt,
};

async function searchModels(call: TrackingCall): Promise<unknown> {
  const { store } = call.parts;
  const request = Search.parse(call.input);
  const matches = parseFilter(request.filter, searchable);
  const orders = request.order_by.map(({ field_name, ascending }) => ({ ...parseOrder(field_name, searchable), isDescending: !ascending }));
  const wanted = new Set(request.datasets.map(({ dataset_name }) => dataset_name));
  const found: ModelFacts[] = [];
  for (const model of await store.loggedModels.list(request.experiment_ids)) {
    const measured = (await store.tracking.metricsOfModel(model.id)).filter(({ dataset }) => wanted.size === 0 || wanted.has(nameOfData(dataset)));
    const facts = { model, metrics: Object.fromEntries(measured.map(({ name, value }) => [name, value])) };
    if (matches(facts)) found.push(facts);
  }
  const { page, more } = cut(found.toSorted(compareBy(orders)), request);
  const models = await Promise.all(page.map(async ({ model }) => (await answer(call, model)).model));
  return { models, ...more };
}

const DataName = z.tuple([z.string(), z.string()]);
const dataOf = (text: string | undefined): [string, string] => (text === undefined ? ['', ''] : DataName.parse(JSON.parse(text)));
const nameOfData = (text: string | undefined): string => dataOf(text)[0];

async function answer(call: TrackingCall, model: LoggedModel): Promise<{ readonly model: unknown }> {
  const { id, name, modelType, status, createdAt, updatedAt, tags, params, run, experimentId } = model;
  const info = {
    model_id: id,
    experiment_id: experimentId,
    name,
    creation_timestamp_ms: createdAt,
    last_updated_timestamp_ms: updatedAt,
    artifact_uri: await uriOfModel(call, model),
    status,
    model_type: modelType,
    ...(run === null ? {} : { source_run_id: run }),
    tags: toPairs(tags),
  };
  const metrics = (await call.parts.store.tracking.metricsOfModel(id)).map((metric) => {
    const [dataset_name, dataset_digest] = dataOf(metric.dataset);
    return { ...toMetric(metric), model_id: id, run_id: metric.run, ...(dataset_name ? { dataset_name, dataset_digest } : {}) };
  });
  return { model: { info, data: { params: toPairs(params), metrics } } };
}
