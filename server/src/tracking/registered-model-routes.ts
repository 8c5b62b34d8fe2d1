import { z } from 'zod';
import { isAssetName } from '@pipewright/shared/asset/asset.ts';
import { DataType } from '@pipewright/shared/component/port-type.ts';
import type { ModelName } from '../store/model-notes-store.ts';
import { checkKey, checkLength, limits } from './limits.ts';
import { Pair, toRecord } from './mlflow-form.ts';
import { cut, pageOf } from './page.ts';
import {
  allModels,
  createdAt,
  describeModel,
  describeVersion,
  findModel,
  findVersion,
  findVersionAt,
  latestOf,
  promptTag,
  stageOf,
  tagIn,
  updatedAt,
  type ModelFacts,
} from './registered-models.ts';
import { attributeOf, compareBy, parseFilter, parseOrder, type Searchable } from './search-filter.ts';
import { alreadyExists, invalid, notOffered } from './tracking-error.ts';
import type { TrackingCall, TrackingParts, TrackingRoute } from './tracking-route.ts';

/** Registered models are the names of model assets: whatever is registered here is there, and the other way round. */
export const registeredModelRoutes: readonly TrackingRoute[] = [
  { method: 'post', path: 'registered-models/create', handle: createModel },
  { method: 'get', path: 'registered-models/get', handle: async (call) => ({ registered_model: describeModel(await modelIn(call)) }) },
  { method: 'all', path: 'registered-models/search', handle: searchModels },
  { method: 'all', path: 'registered-models/list', handle: searchModels },
  { method: 'patch', path: 'registered-models/update', handle: updateModel },
  { method: 'post', path: 'registered-models/rename', handle: renameModel },
  { method: 'delete', path: 'registered-models/delete', handle: deleteModel },
  { method: 'all', path: 'registered-models/get-latest-versions', handle: latestVersions },
  { method: 'post', path: 'registered-models/set-tag', handle: setTag },
  { method: 'delete', path: 'registered-models/delete-tag', handle: deleteTag },
  { method: 'post', path: 'registered-models/alias', handle: setAlias },
  { method: 'delete', path: 'registered-models/alias', handle: deleteAlias },
  { method: 'get', path: 'registered-models/alias', handle: getAlias },
];

const Named = z.looseObject({ name: z.string().min(1) });
const modelIn = async (call: TrackingCall): Promise<ModelFacts> => await findModel(call.parts, Named.parse(call.input).name);
const nowOf = ({ parts }: TrackingCall): number => parts.clock.now().getTime();

function checkName(name: string): void {
  if (!isAssetName(name)) throw invalid(`Invalid model name '${name}'. Names are made of letters, digits, dots, dashes and underscores.`);
}

const NewModel = Named.extend({ tags: z.array(Pair).default([]), description: z.string().default('') });

async function createModel(call: TrackingCall): Promise<unknown> {
  const { name, tags, description } = NewModel.parse(call.input);
  checkName(name);
  if (toRecord(tags)[promptTag] === 'true') throw notOffered('Pipewright keeps no prompts: only models have versions here.');
  if (await isTaken(call.parts, name)) throw alreadyExists(`Registered Model (name=${name})`);
  const now = nowOf(call);
  const note = { name, createdAt: now, updatedAt: now, description, tags: toRecord(tags) };
  await call.parts.store.modelNotes.setName(note);
  return { registered_model: describeModel({ name, note, versions: [] }) };
}

async function isTaken({ store }: TrackingParts, name: string): Promise<boolean> {
  const isNamed = (await store.modelNotes.names()).some((note) => note.name === name);
  return isNamed || (await store.assets.versions({ kind: 'model', name })).some(({ archivedAt }) => archivedAt === null);
}

/** What is said of a name of which nothing was said before. */
const noteOf = (model: ModelFacts): ModelName =>
  model.note ?? { name: model.name, createdAt: createdAt(model), updatedAt: updatedAt(model), description: '', tags: {} };

async function change(call: TrackingCall, model: ModelFacts, said: Partial<Pick<ModelName, 'description' | 'tags'>>): Promise<ModelFacts> {
  const note = { ...noteOf(model), ...said, updatedAt: nowOf(call) };
  await call.parts.store.modelNotes.setName(note);
  return { ...model, note };
}

async function updateModel(call: TrackingCall): Promise<unknown> {
  const { description } = z.looseObject({ description: z.string().optional() }).parse(call.input);
  return { registered_model: describeModel(await change(call, await modelIn(call), description === undefined ? {} : { description })) };
}

/** A version is never changed, its name neither: the versions are registered under the other name too, and archived under this one. */
async function renameModel(call: TrackingCall): Promise<unknown> {
  const { store, clock } = call.parts;
  const model = await modelIn(call);
  const { new_name } = z.looseObject({ new_name: z.string() }).parse(call.input);
  checkName(new_name);
  if (await isTaken(call.parts, new_name)) throw alreadyExists(`Registered Model (name=${new_name})`);
  for (const { asset, note } of model.versions.toReversed()) {
    const { kind: _kind, archivedAt: _archived, isLatest: _latest, labels, type: _type, ...same } = asset;
    const type = DataType.parse(asset.type);
    await store.assets.register({ ...same, kind: 'model', name: new_name, type, createdAt: clock.now().toISOString() });
    for (const label of labels) await store.assets.setLabel({ kind: 'model', name: new_name }, label, asset.version);
    if (note) await store.modelNotes.setVersion({ ...note, name: new_name });
  }
  await store.modelNotes.setName({ ...noteOf(model), name: new_name, updatedAt: nowOf(call) });
  await archive(call, model);
  return { registered_model: describeModel(await findModel(call.parts, new_name)) };
}

async function deleteModel(call: TrackingCall): Promise<unknown> {
  await archive(call, await modelIn(call));
  return {};
}

/** Pipelines that name a version exactly go on finding it. */
async function archive({ parts }: TrackingCall, { name, versions }: ModelFacts): Promise<void> {
  const { assets, modelNotes } = parts.store;
  const labels = versions.flatMap(({ asset }) => asset.labels);
  for (const label of labels) await assets.setLabel({ kind: 'model', name }, label, null);
  const numbers = versions.map(({ asset }) => asset.version);
  if (numbers.length > 0) await assets.setArchived({ kind: 'model', name }, numbers, parts.clock.now().toISOString());
  await modelNotes.removeName(name);
}

const Stages = z.looseObject({ stages: z.preprocess((stage) => (typeof stage === 'string' ? [stage] : stage), z.array(z.string()).default([])) });

async function latestVersions(call: TrackingCall): Promise<unknown> {
  const wanted = Stages.parse(call.input).stages.map((stage) => stage.toLowerCase());
  const { versions } = await modelIn(call);
  const latest = latestOf(versions).filter((facts) => wanted.length === 0 || wanted.includes(stageOf(facts).toLowerCase()));
  return { model_versions: latest.map(describeVersion) };
}

async function setTag(call: TrackingCall): Promise<unknown> {
  const model = await modelIn(call);
  const { key, value } = Pair.parse(call.input);
  checkKey('key', key);
  checkLength('value', value, limits.modelTag);
  await change(call, model, { tags: { ...model.note?.tags, [key]: value } });
  return {};
}

async function deleteTag(call: TrackingCall): Promise<unknown> {
  const model = await modelIn(call);
  const { key } = z.looseObject({ key: z.string() }).parse(call.input);
  await change(call, model, { tags: Object.fromEntries(Object.entries(model.note?.tags ?? {}).filter(([each]) => each !== key)) });
  return {};
}

const Alias = Named.extend({ alias: z.string() });

/** An alias is a label of the asset: `azureml:NAME@ALIAS` in a pipeline means the same version. */
async function setAlias(call: TrackingCall): Promise<unknown> {
  const { name, alias } = Alias.parse(call.input);
  const { version } = z.looseObject({ version: z.coerce.string() }).parse(call.input);
  if (!/^[\w-]{1,100}$/.test(alias)) throw invalid(`Invalid alias name: '${alias}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`);
  if (alias.toLowerCase() === 'latest') throw invalid("'latest' alias name (case insensitive) is reserved.");
  if (/^v\d+$/i.test(alias)) throw invalid(`Version alias name '${alias}' is reserved.`);
  await findModel(call.parts, name);
  await findVersion(call.parts, name, version);
  await call.parts.store.assets.setLabel({ kind: 'model', name }, alias, version);
  return {};
}

async function deleteAlias(call: TrackingCall): Promise<unknown> {
  const { name, alias } = Alias.parse(call.input);
  await findModel(call.parts, name);
  await call.parts.store.assets.setLabel({ kind: 'model', name }, alias, null);
  return {};
}

async function getAlias(call: TrackingCall): Promise<unknown> {
  const { name, alias } = Alias.parse(call.input);
  return { model_version: describeVersion(await findVersionAt(call.parts, { name, at: { label: alias } })) };
}

const Search = pageOf(1000, 100).extend({
  filter: z.string().default(''),
  order_by: z.preprocess((order) => (typeof order === 'string' ? [order] : order), z.array(z.string()).default([])),
});

const searchable: Searchable<ModelFacts> = {
  what: 'Registered models',
  read: (group, name) => {
    if (group?.startsWith('tag')) return ({ note }) => tagIn(note?.tags ?? {}, name);
    return attributeOf('Registered models', attributes, name);
  },
};

const attributes = {
  name: ({ name }: ModelFacts) => name,
  creation_timestamp: createdAt,
  timestamp: updatedAt,
  last_updated_timestamp: updatedAt,
};

async function searchModels(call: TrackingCall): Promise<unknown> {
  const request = Search.parse(call.input);
  const matches = parseFilter(request.filter, searchable);
  const order = compareBy(request.order_by.map((clause) => parseOrder(clause, searchable)));
  const { page, more } = cut((await allModels(call.parts)).filter(matches).toSorted(order), request);
  return { registered_models: page.map(describeModel), ...more };
}
