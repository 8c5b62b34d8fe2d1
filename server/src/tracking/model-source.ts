import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { AssetOrigin } from '@pipewright/shared/asset/asset.ts';
import type { AssetReference } from '@pipewright/shared/asset/asset-reference.ts';
import { parseLoggedAddress, type LoggedAddress } from '@pipewright/shared/asset/logged-address.ts';
import type { TrackedRun } from '../store/tracking-store.ts';
import { decodeSegment, findPlace, folderOfModel, pathWithin } from './artifact-places.ts';
import { segmentsOf, whatIsLogged } from './logged-path.ts';
import { findVersionAt } from './registered-models.ts';
import { artifactsOfRun } from './tracked-files.ts';
import { invalid, missing, notFound } from './tracking-error.ts';
import type { TrackingParts } from './tracking-route.ts';

/** What a version is to be made of. */
export interface ModelSource {
  /** Where its bytes lie on this machine; null: somewhere else, at an address that is kept. */
  readonly path: string | null;
  /** As it was given, or what it will always mean where that may come to mean something else. */
  readonly address: string;
  /** The tracked run and the logged model that it comes from, as far as the address says so. */
  readonly run: string | null;
  readonly model: string | null;
}

export type SourceParts = Pick<TrackingParts, 'store' | 'artifacts' | 'runsFolder' | 'trackingFolder'>;

/** `runs:/RUN/PATH`, `models:/…`, `mlflow-artifacts:/…` (as an address of ours too), `file:` and plain paths. */
export async function findSource(parts: SourceParts, source: string): Promise<ModelSource> {
  const found = { address: source, run: null, model: null, ...(await whereIs(parts, source)) };
  if (found.path !== null && !(await stat(found.path).catch(() => null))) throw missing(`There is nothing at '${source}'.`);
  return found;
}

type Found = Pick<ModelSource, 'path'> & Partial<ModelSource>;

async function whereIs(parts: SourceParts, source: string): Promise<Found> {
  const own = /^(?:mlflow-artifacts:\/*|https?:\/\/[^/]+\/mlflow\/api\/2\.0\/mlflow-artifacts\/artifacts\/)(.+)$/.exec(source)?.[1];
  if (own !== undefined) return await whereIsOwn(parts, own.split('/').map(decodeSegment));
  const logged = parseLoggedAddress(source);
  if (logged) return await whereIsLogged(parts, logged);
  const file = source.startsWith('file:') ? pathOfFile(source) : source;
  if (isAbsolute(file)) return { path: file };
  if (/^[a-z][a-z0-9+.-]*:/i.test(source)) return { path: null };
  throw invalid(`Invalid model version source: '${source}'. Give a whole path, or a URI such as runs:/RUN/model or models:/NAME/1.`);
}

async function whereIsLogged(parts: SourceParts, address: LoggedAddress): Promise<Found> {
  switch (address.kind) {
    case 'run':
      return await inRun(parts, address.run, address.path);
    case 'logged-model':
      return await ofLoggedModel(parts, address.model);
    case 'version':
      return await ofVersion(parts, address.reference);
    case 'wrong':
      throw invalid(`Invalid model version source: ${address.message}`);
    default:
      return assertNever(address);
  }
}

function pathOfFile(url: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    throw invalid(`Invalid model version source: '${url}' names no file on this machine. Write file:///PATH.`);
  }
}

async function whereIsOwn(parts: SourceParts, segments: readonly string[]): Promise<Found> {
  const { place, length } = await findPlace(parts, segments);
  const [kind, name = '', version = '', ...inside] = segments;
  if (kind === 'models' && (inside.length === 0 || place.file !== null)) return await ofVersion(parts, { name, at: { version }, kind: 'model' });
  return { path: pathWithin(place.folder, segments.slice(length).join('/')) };
}

/** What a client of MLflow 3 has logged under that name, where the run itself has nothing there. */
async function inRun(parts: SourceParts, id: string, path: string): Promise<Found> {
  const run = await parts.store.tracking.get(id);
  if (!run) throw notFound(`Run with id=${id}`);
  const [logged] = await whatIsLogged(parts, run, segmentsOf(path));
  return logged ? { path: logged.path, run: id, model: logged.model } : { path: pathWithin(artifactsOfRun(parts, run), path), run: id };
}

async function ofLoggedModel(parts: SourceParts, id: string): Promise<Found> {
  const model = await parts.store.loggedModels.get(id);
  if (!model) throw notFound(`Logged model '${id}'`);
  return { path: await folderOfModel(parts, model), run: model.run, model: id };
}

async function ofVersion(parts: SourceParts, reference: AssetReference): Promise<Found> {
  const { asset, note, run } = await findVersionAt(parts, reference);
  const { name, version } = asset;
  if (asset.artifact === null) throw invalid(`The bytes of ${name}:${version} are not here: they lie at ${asset.path ?? 'another place'}.`);
  return { path: parts.artifacts.pathOf(asset.artifact.hash), address: `models:/${name}/${version}`, run, model: note?.model ?? null };
}

/** Of a step that has logged it: the asset is one that its run has made. */
export const originOf = (run: TrackedRun | undefined): AssetOrigin | null => (run?.of ? { run: run.of.runId, step: run.of.step, port: null } : null);

/** A model folder says by its file what it is. */
export async function typeOfModel(path: string): Promise<'mlflow_model' | 'custom_model'> {
  return (await stat(join(path, 'MLmodel')).catch(() => null))?.isFile() ? 'mlflow_model' : 'custom_model';
}
