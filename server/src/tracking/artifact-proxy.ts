import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { decodeSegment, findPlace, pathWithin, type ArtifactPlace } from './artifact-places.ts';
import { listFolder } from './artifact-routes.ts';
import { sendAsData } from './logged-path.ts';
import { findRun } from './mlflow-form.ts';
import { artifactsOfRun } from './tracked-files.ts';
import { invalid, missing, TrackingError } from './tracking-error.ts';
import type { TrackingParts } from './tracking-route.ts';

/** Bytes of artifacts, to and from clients that are not steps; nothing is held in memory. */
export function createArtifactProxy(parts: TrackingParts): Router {
  const router = Router();
  for (const version of ['api/2.0', 'ajax-api/2.0']) {
    const root = `/${version}/mlflow-artifacts/artifacts`;
    router.get(root, async (request, response) => response.json(await list(parts, request)));
    router.put(`${root}/*path`, async (request, response) => response.json(await upload(parts, request)));
    router.get(`${root}/*path`, async (request, response) => await download(parts, request, response));
    router.delete(`${root}/*path`, async (request, response) => response.json(await remove(parts, request)));
  }
  router.get(['/get-artifact', '/ajax-api/2.0/mlflow/get-artifact'], async (request, response) => {
    const run = await findRun({ parts, input: request.query, caller: undefined });
    const { path } = z.looseObject({ path: z.string() }).parse(request.query);
    await sendAsData(response, await fileAt(pathWithin(artifactsOfRun(parts, run), path), path));
  });
  return router;
}

interface Found {
  readonly place: ArtifactPlace;
  /** In the place. */
  readonly path: string;
}

async function find(parts: TrackingParts, segments: readonly string[]): Promise<Found> {
  const { place, length } = await findPlace(parts, segments);
  return { place, path: segments.slice(length).join('/') };
}

const Segments = z.object({ path: z.array(z.string()) });
const findIn = async (parts: TrackingParts, request: Request): Promise<Found> => await find(parts, Segments.parse(request.params).path);

async function list(parts: TrackingParts, request: Request): Promise<unknown> {
  const { path: wanted } = z.looseObject({ path: z.string().default('') }).parse(request.query);
  const { place, path } = await find(parts, wanted.split('/').map(decodeSegment));
  if (place.file !== null) return { files: [{ path: place.file.name, is_dir: false, file_size: (await stat(place.file.path)).size }] };
  const { files, ...more } = await listFolder(place.folder, path, request.query);
  const Named = z.array(z.looseObject({ path: z.string() }));
  // Here, unlike elsewhere, MLflow tells names and no paths.
  return { files: Named.parse(files).map((file) => ({ ...file, path: basename(file.path) })), ...more };
}

async function download(parts: TrackingParts, request: Request, response: Response): Promise<void> {
  const { place, path } = await findIn(parts, request);
  await sendAsData(response, place.file?.path ?? (await fileAt(pathWithin(place.folder, path), path)));
}

async function fileAt(full: string, path: string): Promise<string> {
  const info = await stat(full).catch(() => null);
  if (!info?.isFile()) throw missing(`There is no artifact '${path}'.`);
  return full;
}

/** Beside the target first: whoever lists or reads sees all of it or none. */
async function upload(parts: TrackingParts, request: Request): Promise<unknown> {
  const { place, path } = await findIn(parts, request);
  if (!place.isWritable) throw new TrackingError(403, 'PERMISSION_DENIED', 'A registered version is never changed. Register another one.');
  if (path === '') throw invalid('Invalid path: an artifact has a name.');
  const target = pathWithin(place.folder, path);
  const uploads = join(parts.trackingFolder, 'uploads');
  await mkdir(uploads, { recursive: true });
  const fresh = join(uploads, randomUUID());
  try {
    await pipeline(request, createWriteStream(fresh, { flags: 'wx' }));
    await mkdir(dirname(target), { recursive: true });
    await rename(fresh, target).catch((error: unknown) => {
      throw error instanceof Error && 'code' in error && ['EISDIR', 'ENOTDIR', 'ENOTEMPTY', 'EEXIST'].includes(String(error.code))
        ? invalid(`Invalid path: '${path}' is a folder.`)
        : error;
    });
  } finally {
    await rm(fresh, { force: true });
  }
  return {};
}

async function remove(parts: TrackingParts, request: Request): Promise<unknown> {
  const { place, path } = await findIn(parts, request);
  if (!place.isWritable) throw new TrackingError(403, 'PERMISSION_DENIED', 'A registered version is never changed.');
  await rm(pathWithin(place.folder, path), { recursive: true, force: true });
  return {};
}
