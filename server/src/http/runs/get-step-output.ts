import { stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { z } from 'zod';
import { PreviewQuery } from '@pipewright/shared/http/preview.ts';
import { RunId } from '@pipewright/shared/ids.ts';
import { endpoint } from '../endpoint.ts';
import { HttpError, notFound } from '../errors.ts';

/** `rest`: the path inside a folder output, if any. */
const OutputParams = z.object({ id: RunId, key: z.string(), port: z.string(), rest: z.array(z.string()).optional() });

export const getStepOutput = endpoint({
  method: 'get',
  path: '/runs/{id}/steps/{key}/outputs/{port}{/*rest}',
  summary: 'Bytes of an output (ranges work), a typed preview with `view=preview`, or the files of a folder',
  params: OutputParams,
  query: PreviewQuery,
  produces: 'application/octet-stream',
  handle: async ({ services, params, query, response }) => {
    const { id, key, port, rest = [] } = params;
    const step = await services.store.runs.step(id, key);
    if (!step) throw notFound(`Step ${key} of run ${id}`);
    const artifact = step.status === 'completed' || step.status === 'reused' ? step.outputs[port] : undefined;
    if (!artifact) throw notFound(`Output ${port} of step ${key} in run ${id}`);
    const root = services.artifacts.pathOf(artifact.hash);
    const path = resolve(join(root, ...rest));
    if (path !== root && !path.startsWith(root + sep)) throw notFound('That file');
    const info = await stat(path).catch(() => null);
    if (!info) throw new HttpError(410, 'output-deleted', { title: `The bytes of output ${port} are no longer there`, detail: 'Run the pipeline again to make them anew.' });
    if (query.view === 'preview' || info.isDirectory()) {
      const { offset, limit } = query;
      const type = rest.length > 0 ? 'uri_file' : artifact.type;
      return { body: await services.previewer.preview({ path, type, name: rest.at(-1) ?? port, offset, limit }) };
    }
    await new Promise<void>((done, failed) => {
      const name = rest.at(-1) ?? port;
      response.sendFile(path, { dotfiles: 'allow', cacheControl: false, headers: { 'Content-Disposition': `attachment; filename="${encodeURIComponent(name)}"` } }, (error) => (error ? failed(error) : done()));
    });
    return undefined;
  },
});
