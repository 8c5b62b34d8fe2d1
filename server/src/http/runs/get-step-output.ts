import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { PreviewAnswer, PreviewQuery } from '@pipewright/shared/http/preview.ts';
import { RunId } from '@pipewright/shared/ids.ts';
import { listFiles, previewOfFiles } from '../../preview/list-files.ts';
import { answerPreview } from '../answer-preview.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { pathInside, sendBytes } from '../stored-bytes.ts';

/** `rest`: the path inside a folder output, if any. */
const OutputParams = z.object({ id: RunId, key: z.string(), port: z.string(), rest: z.array(z.string()).optional() });

export const getStepOutput = endpoint({
  method: 'get',
  path: '/runs/{id}/steps/{key}/outputs/{port}{/*rest}',
  summary: 'Bytes of an output (ranges work), the files of a folder, or with `view=preview` what it looks like',
  params: OutputParams,
  query: PreviewQuery,
  result: PreviewAnswer,
  produces: 'application/octet-stream',
  handle: async ({ services, params, query, response }) => {
    const { id, key, port, rest = [] } = params;
    const step = await services.store.runs.step(id, key);
    if (!step) throw notFound(`Step ${key} of run ${id}`);
    const artifact = step.status === 'completed' || step.status === 'reused' ? step.outputs[port] : undefined;
    if (!artifact) throw notFound(`Output ${port} of step ${key} in run ${id}`);
    const { hash } = artifact;
    const path = await pathInside(services.artifacts, { whole: services.artifacts.pathOf(hash), hash, what: `output ${port}`, rest });
    const name = rest.at(-1) ?? port;
    if (query.view !== undefined) {
      const type = rest.length > 0 ? 'uri_file' : artifact.type;
      return await answerPreview(services, response, { path, type, name, query });
    }
    if ((await stat(path)).isDirectory()) return { body: previewOfFiles(await listFiles(path)) };
    await sendBytes(response, path, name);
    return undefined;
  },
});
