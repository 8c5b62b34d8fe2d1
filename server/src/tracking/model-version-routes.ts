import { z } from 'zod';
import { isAssetName, type Asset } from '@pipewright/shared/asset/asset.ts';
import { ContentHash } from '@pipewright/shared/ids.ts';
import type { NewAsset } from '../store/asset-store.ts';
import type { ModelVersionNote } from '../store/model-notes-store.ts';
import { uriOfVersion } from './artifact-places.ts';
import { checkKey, checkLength, limits } from './limits.ts';
import { Pair, toRecord } from './mlflow-form.ts';
import { findSource, originOf, typeOfModel, type ModelSource } from './model-source.ts';
import { cut, pageOf } from './page.ts';
import { allModels, describeVersion, findModel, findVersion, sourceOf, stageOf, tagIn, type VersionFacts } from './registered-models.ts';
import { attributeOf, compareBy, parseFilter, parseOrder, type Searchable } from './search-filter.ts';
import { invalid, TrackingError } from './tracking-error.ts';
import type { TrackingCall, TrackingRoute } from './tracking-route.ts';

export const modelVersionRoutes: readonly TrackingRoute[] = [
  { method: 'post', path: 'model-versions/create', handle: createVersion },
  { method: 'get', path: 'model-versions/get', handle: async (call) => ({ model_version: describeVersion(await versionIn(call)) }) },
  { method: 'all', path: 'model-versions/search', handle: searchVersions },
  { method: 'patch', path: 'model-versions/update', handle: updateVersion },
  { method: 'delete', path: 'model-versions/delete', handle: deleteVersion },
  { method: 'get', path: 'model-versions/get-download-uri', handle: downloadUri },
  { method: 'post', path: 'model-versions/transition-stage', handle: transition },
  { method: 'post', path: 'model-versions/set-tag', handle: setTag },
  { method: 'delete', path: 'model-versions/delete-tag', handle: deleteTag },
];

const Version = z.looseObject({ name: z.string().min(1), version: z.coerce.string() });
const versionIn = async (call: TrackingCall): Promise<VersionFacts> => {
  const { name, version } = Version.parse(call.input);
  return await findVersion(call.parts, name, version);
};

const NewVersion = z.looseObject({
  name: z.string().min(1),
  source: z.string().min(1),
  run_id: z.string().optional(),
  model_id: z.string().optional(),
  description: z.string().default(''),
  tags: z.array(Pair).default([]),
});

/** Takes the model's bytes in: what becomes of the run afterwards does not touch the version. */
async function createVersion(call: TrackingCall): Promise<unknown> {
  const { parts, caller } = call;
  const { name, source, run_id, model_id, description, tags } = NewVersion.parse(call.input);
  if (!isAssetName(name)) throw invalid(`Invalid model name '${name}'. Names are made of letters, digits, dots, dashes and underscores.`);
  await findModel(parts, name);
  const logged = model_id ? await parts.store.loggedModels.get(model_id) : undefined;
  const texts = { displayName: null, description, tags: toRecord(tags) };
  const release = parts.artifacts.upkeep.hold();
  try {
    const found = await findSource(parts, source);
    const content = await contentOf(call, found);
    const model = model_id || found.model;
    const runId = run_id || logged?.run || found.run;
    const run = runId === null ? undefined : await parts.store.tracking.get(runId);
    const told = { source: 'registered' as const, createdAt: parts.clock.now().toISOString(), by: null, origin: originOf(run ?? caller) };
    const asset = await registerNext(call, { kind: 'model', name, ...content, ...texts, ...told });
    const note: ModelVersionNote = { name, version: asset.version, run: runId, model, source: found.address, stage: 'None', updatedAt: nowOf(call) };
    await parts.store.modelNotes.setVersion(note);
    return { model_version: describeVersion({ asset, note, run: runId }) };
  } finally {
    release();
  }
}

const nowOf = ({ parts }: TrackingCall): number => parts.clock.now().getTime();

type Content = Pick<NewAsset, 'type' | 'artifact' | 'path' | 'sizeBytes'>;

async function contentOf({ parts }: TrackingCall, { path, address }: ModelSource): Promise<Content> {
  if (path === null) return { type: 'custom_model', artifact: null, path: address, sizeBytes: null };
  const type = await typeOfModel(path);
  const { hash, isFolder, sizeBytes, fileCount } = await parts.artifacts.collectCopy(path);
  return { type, artifact: { hash: ContentHash.parse(hash), type, isFolder, sizeBytes, fileCount }, path: address, sizeBytes };
}

/** Registering again makes another version, as MLflow does, also of the same bytes. */
async function registerNext({ parts }: TrackingCall, asset: Omit<NewAsset, 'version'>): Promise<Asset> {
  const { assets } = parts.store;
  // Somebody else may take the number meanwhile.
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const taken = (await assets.versions({ kind: 'model', name: asset.name })).map(({ version }) => Number(version)).filter(Number.isSafeInteger);
    const { outcome, asset: registered } = await assets.register({ ...asset, version: String(Math.max(0, ...taken) + 1) });
    if (outcome === 'registered') return registered;
  }
  throw new TrackingError(500, 'INTERNAL_ERROR', `No version of ${asset.name} could be taken: too many are being registered.`);
}

async function changeTexts(call: TrackingCall, { asset, note }: VersionFacts, texts: { description?: string; tags?: Record<string, string> }): Promise<void> {
  await call.parts.store.assets.update({ kind: 'model', name: asset.name, version: asset.version }, texts);
  await touch(call, { asset, note, run: null });
}

/** That a version was changed, in MLflow's eyes. */
async function touch(call: TrackingCall, facts: VersionFacts, stage = stageOf(facts)): Promise<void> {
  const { asset, note } = facts;
  const before = note ?? { name: asset.name, version: asset.version, run: null, model: null, source: sourceOf(facts) };
  await call.parts.store.modelNotes.setVersion({ ...before, stage, updatedAt: nowOf(call) });
}

async function updateVersion(call: TrackingCall): Promise<unknown> {
  const facts = await versionIn(call);
  const { description } = z.looseObject({ description: z.string().optional() }).parse(call.input);
  await changeTexts(call, facts, description === undefined ? {} : { description });
  return { model_version: describeVersion(await versionIn(call)) };
}

async function setTag(call: TrackingCall): Promise<unknown> {
  const facts = await versionIn(call);
  const { key, value } = Pair.parse(call.input);
  checkKey('key', key);
  checkLength('value', value, limits.modelTag);
  await changeTexts(call, facts, { tags: { ...facts.asset.tags, [key]: value } });
  return {};
}

async function deleteTag(call: TrackingCall): Promise<unknown> {
  const facts = await versionIn(call);
  const { key } = z.looseObject({ key: z.string() }).parse(call.input);
  await changeTexts(call, facts, { tags: Object.fromEntries(Object.entries(facts.asset.tags).filter(([each]) => each !== key)) });
  return {};
}

/** Archived: a pipeline that names it exactly still finds it, and its number is not given again. */
async function deleteVersion(call: TrackingCall): Promise<unknown> {
  const { asset } = await versionIn(call);
  const { assets, modelNotes } = call.parts.store;
  const { name, version, labels } = asset;
  // The name stays, as it does in MLflow, also without any version.
  if (!(await modelNotes.names()).some((note) => note.name === name)) {
    const now = nowOf(call);
    await modelNotes.setName({ name, createdAt: Date.parse(asset.createdAt), updatedAt: now, description: '', tags: {} });
  }
  for (const label of labels) await assets.setLabel({ kind: 'model', name }, label, null);
  await assets.setArchived({ kind: 'model', name }, [version], call.parts.clock.now().toISOString());
  return {};
}

async function downloadUri(call: TrackingCall): Promise<unknown> {
  const { asset } = await versionIn(call);
  return { artifact_uri: asset.artifact === null ? (asset.path ?? '') : uriOfVersion(asset.name, asset.version) };
}

const stages = ['None', 'Staging', 'Production', 'Archived'];
const Transition = z.looseObject({ stage: z.string(), archive_existing_versions: z.coerce.boolean().default(false) });

async function transition(call: TrackingCall): Promise<unknown> {
  const facts = await versionIn(call);
  const given = Transition.parse(call.input);
  const stage = stages.find((each) => each.toLowerCase() === given.stage.toLowerCase());
  if (stage === undefined) throw invalid(`Invalid Model Version stage: ${given.stage}. Value must be one of ${stages.join(', ')}.`);
  if (given.archive_existing_versions && !['Staging', 'Production'].includes(stage))
    throw invalid(`Model version transition cannot archive existing model versions because '${stage}' is not an Active stage.`);
  if (given.archive_existing_versions) {
    const { versions } = await findModel(call.parts, facts.asset.name);
    for (const other of versions) if (stageOf(other) === stage && other.asset.version !== facts.asset.version) await touch(call, other, 'Archived');
  }
  await touch(call, facts, stage);
  return { model_version: describeVersion(await versionIn(call)) };
}

const Search = pageOf(200_000, 10_000).extend({
  filter: z.string().default(''),
  order_by: z.preprocess((order) => (typeof order === 'string' ? [order] : order), z.array(z.string()).default([])),
});

const searchable: Searchable<VersionFacts> = {
  what: 'Model versions',
  read: (group, name) => {
    if (group?.startsWith('tag')) return ({ asset }) => tagIn(asset.tags, name);
    return attributeOf('Model versions', attributes, name);
  },
};

const versionNumber = ({ asset }: VersionFacts): number | undefined => (Number.isSafeInteger(Number(asset.version)) ? Number(asset.version) : undefined);

const attributes = {
  name: ({ asset }: VersionFacts) => asset.name,
  version_number: versionNumber,
  version: versionNumber,
  run_id: ({ run }: VersionFacts) => run ?? undefined,
  source_path: sourceOf,
  current_stage: stageOf,
  creation_timestamp: ({ asset }: VersionFacts) => Date.parse(asset.createdAt),
  last_updated_timestamp: ({ asset, note }: VersionFacts) => note?.updatedAt ?? Date.parse(asset.createdAt),
};

/** Newest changes first, unless an order is asked for. */
async function searchVersions(call: TrackingCall): Promise<unknown> {
  const request = Search.parse(call.input);
  const matches = parseFilter(request.filter, searchable);
  const orders = [...request.order_by, 'last_updated_timestamp DESC', 'name ASC', 'version_number DESC'].map((clause) => parseOrder(clause, searchable));
  const found = (await allModels(call.parts)).flatMap(({ versions }) => versions).filter(matches);
  const { page, more } = cut(found.toSorted(compareBy(orders)), request);
  return { model_versions: page.map(describeVersion), ...more };
}
