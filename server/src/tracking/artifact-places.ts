import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nameOfFile } from '../assets/name-of-file.ts';
import type { LoggedModel, TrackedRun } from '../store/tracking-store.ts';
import { artifactsOfModel, artifactsOfRun } from './tracked-files.ts';
import { invalid, notFound } from './tracking-error.ts';
import type { TrackingCall, TrackingParts } from './tracking-route.ts';

type PlaceParts = Pick<TrackingParts, 'store' | 'artifacts' | 'runsFolder' | 'trackingFolder'>;

/** A folder of artifacts, by the name that it has in the artifact proxy. */
export interface ArtifactPlace {
  readonly folder: string;
  readonly isWritable: boolean;
  /** A registered version may be one file, which is then all of it; it has the name that it came with. */
  readonly file: { readonly path: string; readonly name: string } | null;
}

/** `runs/ID`, `logged-models/ID`, `models/NAME/VERSION`; null: none of these. */
export async function findPlace(parts: PlaceParts, [kind, first = '', second = '']: readonly string[]): Promise<{ place: ArtifactPlace; length: number }> {
  switch (kind) {
    case 'runs': {
      const run = await parts.store.tracking.get(first);
      if (!run) throw notFound(`Run '${first}'`);
      return { place: { folder: artifactsOfRun(parts, run), isWritable: true, file: null }, length: 2 };
    }
    case 'logged-models': {
      const model = await parts.store.loggedModels.get(first);
      if (!model) throw notFound(`Logged model '${first}'`);
      return { place: { folder: await folderOfModel(parts, model), isWritable: true, file: null }, length: 2 };
    }
    case 'models':
      return { place: await placeOfVersion(parts, first, second), length: 3 };
    default:
      throw invalid('Artifacts lie under runs/ID, logged-models/ID and models/NAME/VERSION.');
  }
}

async function placeOfVersion({ store, artifacts }: PlaceParts, name: string, version: string): Promise<ArtifactPlace> {
  const asset = await store.assets.find(['model'], name, { version });
  if (!asset) throw notFound(`Model Version (name=${name}, version=${version})`);
  if (asset.artifact === null) throw invalid(`The bytes of ${name}:${version} are not here: they lie at ${asset.path ?? 'another place'}.`);
  const path = artifacts.pathOf(asset.artifact.hash);
  if (asset.artifact.isFolder) return { folder: path, isWritable: false, file: null };
  return { folder: dirname(path), isWritable: false, file: { path, name: await nameOfFile(store.assets, asset) } };
}

export async function folderOfModel(parts: PlaceParts, model: LoggedModel): Promise<string> {
  return artifactsOfModel(parts, model, model.run === null ? undefined : await parts.store.tracking.get(model.run));
}

/** The client of a step runs on this machine and may write there itself; others send their bytes to us. */
export function uriOfRun({ parts, caller }: Pick<TrackingCall, 'parts' | 'caller'>, run: TrackedRun): string {
  return caller ? pathToFileURL(artifactsOfRun(parts, run)).href : `mlflow-artifacts:/runs/${run.id}`;
}

export async function uriOfModel({ parts, caller }: Pick<TrackingCall, 'parts' | 'caller'>, model: LoggedModel): Promise<string> {
  return caller ? pathToFileURL(await folderOfModel(parts, model)).href : `mlflow-artifacts:/logged-models/${model.id}`;
}

/** Clients put a note of their own into what they have fetched: they get copies of what must not change. */
export const uriOfVersion = (name: string, version: string): string => `mlflow-artifacts:/models/${encodeURIComponent(name)}/${encodeURIComponent(version)}`;

/** A part of a path, as it stands in an address. */
export function decodeSegment(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid(`Invalid path: '${text}' is not encoded as an address is.`);
  }
}

/** A path within a folder. One that leads out of it, also by a link that somebody has put there, is refused. */
export function pathWithin(root: string, path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  if (path.startsWith('/') || path.includes('\0') || path.includes('\\') || parts.some((part) => part === '.' || part === '..'))
    throw invalid(`Invalid path: '${path.replaceAll('\0', '?')}' leads out of the artifacts.`);
  const full = join(root, ...parts);
  const [realRoot, real] = [realOf(root), realOf(full)];
  if (real !== realRoot && !real.startsWith(realRoot + sep)) throw invalid(`Invalid path: '${path}' leads out of the artifacts.`);
  return full;
}

/** Where it is, or would be: links are followed as far as there is anything. */
function realOf(path: string): string {
  let there = path;
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  return join(realpathSync(there), path.slice(there.length));
}
