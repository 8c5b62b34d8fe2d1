import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AssetOrigin } from '@pipewright/shared/asset/asset.ts';
import type { LoggedModel, TrackedRun } from '../store/tracking-store.ts';
import { findPlace, folderOfModel, pathWithin } from './artifact-places.ts';
import { artifactsOfRun } from './tracked-files.ts';
import { invalid, missing, notFound } from './tracking-error.ts';
import type { TrackingParts } from './tracking-route.ts';

/** Where the bytes of a version that is to be made lie: on this machine, or somewhere else, at an address that is kept. */
export type ModelSource = { readonly path: string } | { readonly elsewhere: string };

/** `runs:/RUN/PATH`, `models:/…`, `mlflow-artifacts:/…` (as an address of ours too), `file:` and plain paths. */
export async function findSource(parts: TrackingParts, source: string): Promise<ModelSource> {
  const own = /^(?:mlflow-artifacts:\/*|https?:\/\/[^/]+\/mlflow\/api\/2\.0\/mlflow-artifacts\/artifacts\/)(.+)$/.exec(source)?.[1];
  if (own !== undefined) return { path: await existing(await ownPath(parts, own), source) };
  const ofRun = /^runs:\/*([0-9a-f]{32})\/(.+)$/.exec(source);
  if (ofRun?.[1] !== undefined && ofRun[2] !== undefined) return { path: await existing(await runPath(parts, ofRun[1], ofRun[2]), source) };
  const model = /^models:\/*(.+)$/.exec(source)?.[1];
  if (model !== undefined) return { path: await existing(await modelPath(parts, model), source) };
  const file = source.startsWith('file:') ? fileURLToPath(source) : source;
  if (isAbsolute(file)) return { path: await existing(file, source) };
  if (/^[a-z][a-z0-9+.-]*:/i.test(source)) return { elsewhere: source };
  throw invalid(`Invalid model version source: '${source}'. Give a whole path, or a URI such as runs:/RUN/model or models:/NAME/1.`);
}

async function existing(path: string, source: string): Promise<string> {
  if (!(await stat(path).catch(() => null))) throw missing(`There is nothing at the model version source '${source}'.`);
  return path;
}

async function ownPath(parts: TrackingParts, address: string): Promise<string> {
  const segments = address.split('/').map(decodeURIComponent);
  const { place, length } = await findPlace(parts, segments);
  return place.file ?? pathWithin(place.folder, segments.slice(length).join('/'));
}

/** What a client of MLflow 3 has logged under that name, where the run itself has nothing there. */
async function runPath(parts: TrackingParts, id: string, path: string): Promise<string> {
  const run = await parts.store.tracking.get(id);
  if (!run) throw notFound(`Run with id=${id}`);
  const direct = pathWithin(artifactsOfRun(parts, run), path);
  if (await stat(direct).catch(() => null)) return direct;
  const logged = (await parts.store.loggedModels.list([run.experimentId])).find((model) => model.run === id && model.name === path);
  return logged ? await folderOfModel(parts, logged) : direct;
}

async function modelPath(parts: TrackingParts, address: string): Promise<string> {
  const logged = await loggedModelAt(parts, address);
  if (logged) return await folderOfModel(parts, logged);
  const [name = '', version, alias] = address.split(/[/@]/);
  const { store, artifacts } = parts;
  const at = address.includes('@') ? { label: version ?? '' } : version === 'latest' ? { label: version } : { version: version ?? '' };
  const asset = alias === undefined ? await store.assets.find(['model'], name, at) : undefined;
  if (!asset) throw notFound(`Model '${address}'`);
  if (asset.artifact === null) throw invalid(`The bytes of ${name}:${asset.version} are not here: they lie at ${asset.path ?? 'another place'}.`);
  return artifacts.pathOf(asset.artifact.hash);
}

async function loggedModelAt({ store }: TrackingParts, address: string): Promise<LoggedModel | undefined> {
  return /^m-[0-9a-f]+$/.test(address) ? await store.loggedModels.get(address) : undefined;
}

/** Of a step that has logged it: the asset is one that its run has made. */
export const originOf = (run: TrackedRun | undefined): AssetOrigin | null => (run?.of ? { run: run.of.runId, step: run.of.step, port: null } : null);

/** A model folder says by its file what it is. */
export async function typeOfModel(path: string): Promise<'mlflow_model' | 'custom_model'> {
  return (await stat(join(path, 'MLmodel')).catch(() => null))?.isFile() ? 'mlflow_model' : 'custom_model';
}
