import { readdir, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { artifactsFolder, findRun } from './mlflow-form.ts';
import { invalid } from './tracking-error.ts';
import type { TrackingCall, TrackingRoute } from './tracking-route.ts';

/** Clients write artifacts where `artifact_uri` says, themselves; here they are only listed. */
export const artifactRoutes: readonly TrackingRoute[] = [{ method: 'all', path: 'artifacts/list', handle: listArtifacts }];

async function listArtifacts(call: TrackingCall): Promise<unknown> {
  const run = await findRun(call);
  const { path } = z.looseObject({ path: z.string().default('') }).parse(call.input);
  const root = artifactsFolder(call.parts, run);
  const folder = resolve(root, path);
  if (folder !== root && !folder.startsWith(root + sep)) throw invalid(`'${path}' leads out of the artifacts of the run.`);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files = await Promise.all(
    entries.map(async (entry) => {
      const is_dir = entry.isDirectory();
      return {
        path: path === '' ? entry.name : `${path}/${entry.name}`,
        is_dir,
        ...(is_dir ? {} : { file_size: (await stat(join(folder, entry.name))).size }),
      };
    }),
  );
  return { root_uri: pathToFileURL(root).href, files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)) };
}
