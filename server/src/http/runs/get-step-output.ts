import type { Response } from 'express';
import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { z } from 'zod';
import { Preview, PreviewQuery } from '@pipewright/shared/http/preview.ts';
import { RunId } from '@pipewright/shared/ids.ts';
import type { ArtifactStore } from '../../artifacts/artifact-store.ts';
import { listFiles, previewOfFiles } from '../../preview/list-files.ts';
import { endpoint } from '../endpoint.ts';
import { HttpError, notFound } from '../errors.ts';

/** `rest`: the path inside a folder output, if any. */
const OutputParams = z.object({ id: RunId, key: z.string(), port: z.string(), rest: z.array(z.string()).optional() });

export const getStepOutput = endpoint({
  method: 'get',
  path: '/runs/{id}/steps/{key}/outputs/{port}{/*rest}',
  summary: 'Bytes of an output (ranges work), the files of a folder, or with `view=preview` what it looks like',
  params: OutputParams,
  query: PreviewQuery,
  result: Preview,
  produces: 'application/octet-stream',
  handle: async ({ services, params, query, response }) => {
    const { id, key, port, rest = [] } = params;
    const step = await services.store.runs.step(id, key);
    if (!step) throw notFound(`Step ${key} of run ${id}`);
    const artifact = step.status === 'completed' || step.status === 'reused' ? step.outputs[port] : undefined;
    if (!artifact) throw notFound(`Output ${port} of step ${key} in run ${id}`);
    const path = await pathInside(services.artifacts, { hash: artifact.hash, port, rest });
    const name = rest.at(-1) ?? port;
    if (query.view === 'preview') {
      const type = rest.length > 0 ? 'uri_file' : artifact.type;
      return { body: await services.previewer.preview({ path, type, name, offset: query.offset, limit: query.limit }) };
    }
    if ((await stat(path)).isDirectory()) return { body: previewOfFiles(await listFiles(path)) };
    await sendBytes(response, path, name);
    return undefined;
  },
});

/** The real path of what is asked for; links that a step left in its output do not lead out of it. */
async function pathInside(
  artifacts: ArtifactStore,
  { hash, port, rest }: { readonly hash: string; readonly port: string; readonly rest: readonly string[] },
): Promise<string> {
  const whole = await realpath(artifacts.pathOf(hash)).catch(() => null);
  if (whole === null) {
    const detail = 'Run the pipeline again to make them anew.';
    if (await artifacts.isDamaged(hash)) throw new HttpError(410, 'output-damaged', { title: `The bytes of output ${port} are damaged on the disk`, detail });
    throw new HttpError(410, 'output-deleted', { title: `The bytes of output ${port} were deleted to free space`, detail });
  }
  const wanted = rest.join('/');
  const path = await realpath(join(whole, ...rest)).catch(() => null);
  if (path === null || (path !== whole && !path.startsWith(whole + sep))) throw notFound(`The file ${wanted} in output ${port}`);
  return path;
}

/** Bytes from steps are data: a page among them neither runs nor speaks for this server. */
async function sendBytes(response: Response, path: string, name: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  response.attachment(name).set('Content-Security-Policy', "sandbox; default-src 'none'");
  response.sendFile(path, { dotfiles: 'allow', cacheControl: false }, (error) => {
    // Who stops reading half-way has what he wanted.
    if (error && !response.headersSent) reject(error);
    else resolve();
  });
  await promise;
}
