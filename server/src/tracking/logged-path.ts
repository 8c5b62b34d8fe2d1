import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Response } from 'express';
import { listFiles, type ListedFile } from '../preview/list-files.ts';
import type { Store } from '../store/store.ts';
import type { TrackedRun } from '../store/tracking-store.ts';
import { pathWithin } from './artifact-places.ts';
import { artifactsOfModel, artifactsOfRun } from './tracked-files.ts';
import { TrackingError } from './tracking-error.ts';
import type { TrackingParts } from './tracking-route.ts';

type LoggedParts = Pick<TrackingParts, 'runsFolder' | 'trackingFolder'> & { readonly store: Pick<Store, 'loggedModels'> };

interface LoggedFolder {
  /** The logged model that it is; null: the run's own artifacts. */
  readonly model: string | null;
  /** What stands before the paths in it. */
  readonly prefix: readonly string[];
  readonly folder: string;
}

/** All files that a run has logged, by path: its artifacts, and the models that a client of MLflow 3 keeps beside them, under their names. */
export async function loggedFiles(parts: LoggedParts, run: TrackedRun): Promise<ListedFile[]> {
  const files = new Map<string, ListedFile>();
  for (const { prefix, folder } of await foldersOf(parts, run)) {
    const found = (await stat(folder).catch(() => null)) ? await listFiles(folder) : [];
    for (const file of found) {
      const path = [...prefix, file.path].join('/');
      if (!files.has(path)) files.set(path, { ...file, path });
    }
  }
  return [...files.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Where a file lies that a run has logged; undefined for a path that leads elsewhere, or to nothing. */
export async function loggedPath(parts: LoggedParts, run: TrackedRun, segments: readonly string[]): Promise<string | undefined> {
  return (await whatIsLogged(parts, run, segments)).find(({ isFile }) => isFile)?.path;
}

interface Logged extends Pick<LoggedFolder, 'model'> {
  readonly path: string;
  readonly isFile: boolean;
}

/** The files and folders that a run has logged under a path, the one that counts first. */
export async function whatIsLogged(parts: LoggedParts, run: TrackedRun, segments: readonly string[]): Promise<Logged[]> {
  const logged: Logged[] = [];
  for (const { model, prefix, folder } of await foldersOf(parts, run)) {
    if (prefix.some((name, index) => name !== segments[index])) continue;
    const path = pathIn(folder, segments.slice(prefix.length).join('/'));
    const info = path === undefined ? null : await stat(path).catch(() => null);
    if (path !== undefined && info) logged.push({ model, path, isFile: info.isFile() });
  }
  return logged;
}

/** Of two models of one name the newer one comes first. */
async function foldersOf(parts: LoggedParts, run: TrackedRun): Promise<LoggedFolder[]> {
  const models = await parts.store.loggedModels.ofRun(run.id);
  return [
    { model: null, prefix: [], folder: artifactsOfRun(parts, run) },
    ...models.map((model) => ({ model: model.id, prefix: segmentsOf(model.name), folder: artifactsOfModel(parts, model, run) })),
  ];
}

export const segmentsOf = (path: string): string[] => path.split('/').filter((part) => part !== '');

function pathIn(folder: string, path: string): string | undefined {
  try {
    return pathWithin(folder, path);
  } catch (error) {
    if (error instanceof TrackingError) return undefined;
    throw error;
  }
}

/** Bytes from steps are data: a page among them neither runs nor speaks for this server. */
export async function sendAsData(response: Response, path: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  response.attachment(basename(path)).set('Content-Security-Policy', "sandbox; default-src 'none'");
  response.sendFile(path, { dotfiles: 'allow', cacheControl: false }, (error) => {
    // Who stops reading half-way has what he wanted.
    if (error && !response.headersSent) reject(error);
    else resolve();
  });
  await promise;
}
