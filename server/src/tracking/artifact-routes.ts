import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { pathWithin, uriOfRun } from './artifact-places.ts';
import { findRun } from './mlflow-form.ts';
import { cut, pageOf } from './page.ts';
import { artifactsOfRun } from './tracked-files.ts';
import type { TrackingCall, TrackingRoute } from './tracking-route.ts';

/** Here artifacts are listed; their bytes go through `artifact-proxy.ts`, or are written by a step's client itself. */
export const artifactRoutes: readonly TrackingRoute[] = [{ method: 'all', path: 'artifacts/list', handle: listArtifacts }];

async function listArtifacts(call: TrackingCall): Promise<unknown> {
  const run = await findRun(call);
  const { path } = z.looseObject({ path: z.string().default('') }).parse(call.input);
  return { root_uri: uriOfRun(call, run), ...(await listFolder(artifactsOfRun(call.parts, run), path, call.input)) };
}

const Page = pageOf(50_000, 10_000);

/** What lies in one folder, with paths from the root; nothing for what is a file or is not there. */
export async function listFolder(root: string, path: string, input: unknown): Promise<{ readonly files: readonly unknown[] }> {
  const folder = pathWithin(root, path);
  const inside = path
    .split('/')
    .filter((part) => part !== '')
    .join('/');
  const names = (await readdir(folder).catch(() => [])).toSorted((a, b) => (a < b ? -1 : 1));
  const { page, more } = cut(names, Page.parse(input));
  const files = await Promise.all(
    page.map(async (name) => {
      const info = await stat(join(folder, name)).catch(() => null);
      if (!info) return [];
      const is_dir = info.isDirectory();
      return [{ path: inside === '' ? name : `${inside}/${name}`, is_dir, ...(is_dir ? {} : { file_size: info.size }) }];
    }),
  );
  return { files: files.flat(), ...more };
}
