import type { Asset } from '@pipewright/shared/asset/asset.ts';
import type { AssetReference } from '@pipewright/shared/asset/asset-reference.ts';
import type { ModelName, ModelVersionNote } from '../store/model-notes-store.ts';
import { uriOfVersion } from './artifact-places.ts';
import { toPairs } from './mlflow-form.ts';
import { valueIn } from './search-filter.ts';
import { invalid, notFound } from './tracking-error.ts';
import type { TrackingParts } from './tracking-route.ts';

type RegistryParts = Pick<TrackingParts, 'store'>;

/** A version as clients of MLflow see it: the asset, and what only they know of it. */
export interface VersionFacts {
  readonly asset: Asset;
  readonly note: ModelVersionNote | undefined;
  /** The tracked run that it comes from. */
  readonly run: string | null;
}

/** A registered model: every name that models have here, whoever has registered them. */
export interface ModelFacts {
  readonly name: string;
  readonly note: ModelName | undefined;
  /** Newest first; archived ones are deleted to MLflow. */
  readonly versions: readonly VersionFacts[];
}

export async function findModel(parts: RegistryParts, name: string): Promise<ModelFacts> {
  const note = (await parts.store.modelNotes.names()).find((each) => each.name === name);
  const versions = await versionsOf(parts, name);
  if (!note && versions.length === 0) throw notFound(`Registered Model with name=${name}`);
  return { name, note, versions };
}

async function versionsOf(parts: RegistryParts, name: string): Promise<VersionFacts[]> {
  const { assets, modelNotes } = parts.store;
  const found = (await assets.versions({ kind: 'model', name })).filter(({ archivedAt }) => archivedAt === null);
  const notes = await modelNotes.versions(name);
  return await Promise.all(found.map(async (asset) => await factsOf(parts, asset, notes)));
}

async function factsOf({ store }: RegistryParts, asset: Asset, notes: readonly ModelVersionNote[]): Promise<VersionFacts> {
  const note = notes.find(({ name, version }) => name === asset.name && version === asset.version);
  const made = note?.run ?? (asset.origin === null ? null : ((await store.tracking.runOfStep(asset.origin))?.id ?? null));
  return { asset, note, run: made };
}

export async function findVersion(parts: RegistryParts, name: string, version: string): Promise<VersionFacts> {
  const found = (await versionsOf(parts, name)).find(({ asset }) => asset.version === version);
  if (!found) throw notFound(`Model Version (name=${name}, version=${version})`);
  return found;
}

/** The one that a label points at; `latest` is the newest. */
export async function findVersionAt(parts: RegistryParts, { name, at }: AssetReference): Promise<VersionFacts> {
  if ('version' in at) return await findVersion(parts, name, at.version);
  const { versions } = await findModel(parts, name);
  const { label } = at;
  const found = label.toLowerCase() === 'latest' ? versions[0] : versions.find(({ asset }) => asset.labels.includes(label));
  // MLflow's own code for it.
  if (!found) throw invalid(`Registered model alias ${label} not found.`);
  return found;
}

/** All of them, by name. */
export async function allModels(parts: RegistryParts): Promise<ModelFacts[]> {
  const { assets, modelNotes } = parts.store;
  const notes = await modelNotes.versions();
  const found: Asset[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await assets.list({ kind: 'model', archived: 'exclude', newestOnly: false, limit: 1000, ...(cursor === undefined ? {} : { cursor }) });
    found.push(...page.items);
    cursor = page.nextCursor;
  }
  const byName = Map.groupBy(found, ({ name }) => name);
  const names = await modelNotes.names();
  const all = [...new Set([...byName.keys(), ...names.map(({ name }) => name)])].toSorted();
  return await Promise.all(
    all.map(async (name) => ({
      name,
      note: names.find((note) => note.name === name),
      versions: await Promise.all((byName.get(name) ?? []).map(async (asset) => await factsOf(parts, asset, notes))),
    })),
  );
}

export const createdAt = ({ note, versions }: ModelFacts): number => note?.createdAt ?? Math.min(...versions.map(({ asset }) => Date.parse(asset.createdAt)));
export const updatedAt = ({ note, versions }: ModelFacts): number => Math.max(note?.updatedAt ?? 0, ...versions.map(versionUpdatedAt));
const versionUpdatedAt = ({ asset, note }: VersionFacts): number => note?.updatedAt ?? Date.parse(asset.createdAt);

export function describeModel(model: ModelFacts): Record<string, unknown> {
  const { name, note, versions } = model;
  const aliases = versions.flatMap(({ asset }) => asset.labels.map((alias) => ({ alias, version: asset.version })));
  return {
    name,
    creation_timestamp: createdAt(model),
    last_updated_timestamp: updatedAt(model),
    description: note?.description ?? '',
    tags: toPairs(note?.tags ?? {}),
    aliases,
    latest_versions: latestOf(versions).map(describeVersion),
  };
}

/** The newest of each stage. */
export function latestOf(versions: readonly VersionFacts[]): VersionFacts[] {
  return [...Map.groupBy(versions, stageOf).values()].flatMap(([newest]) => (newest ? [newest] : []));
}

export const stageOf = ({ note }: VersionFacts): string => note?.stage ?? 'None';

export function describeVersion(facts: VersionFacts): Record<string, unknown> {
  const { asset, note, run } = facts;
  return {
    name: asset.name,
    version: asset.version,
    creation_timestamp: Date.parse(asset.createdAt),
    last_updated_timestamp: versionUpdatedAt(facts),
    user_id: asset.by ?? '',
    current_stage: stageOf(facts),
    description: asset.description,
    source: sourceOf(facts),
    run_id: run ?? '',
    status: 'READY',
    tags: toPairs(asset.tags),
    aliases: asset.labels,
    ...(note?.model ? { model_id: note.model } : {}),
  };
}

/** As the client said; what was registered otherwise is its own source. */
export const sourceOf = ({ asset, note }: VersionFacts): string => note?.source ?? uriOfVersion(asset.name, asset.version);

/** Of a name, says that it is one of a prompt. */
export const promptTag = 'mlflow.prompt.is_prompt';

/** Clients add to every search that they want no prompts, of which there are none here: what says nothing of it is a model. */
export const tagIn = (tags: Readonly<Record<string, string>>, name: string): string | undefined =>
  valueIn(tags, name) ?? (name === promptTag ? 'false' : undefined);
