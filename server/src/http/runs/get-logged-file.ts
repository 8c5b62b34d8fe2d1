import { basename } from 'node:path';
import { z } from 'zod';
import { Preview, PreviewQuery } from '@pipewright/shared/http/preview.ts';
import { RunId } from '@pipewright/shared/ids.ts';
import { previewOfFiles } from '../../preview/list-files.ts';
import { loggedFiles, loggedPath, sendAsData } from '../../tracking/logged-path.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { attemptOf } from './attempt-of.ts';

/** `rest`: the path of a file; without it all of them are listed. */
const LoggedParams = z.object({ id: RunId, key: z.string(), rest: z.array(z.string()).optional() });

export const getLoggedFile = endpoint({
  method: 'get',
  path: '/runs/{id}/steps/{key}/logged{/*rest}',
  summary: 'The files and models that the step has logged in its MLflow run, the bytes of one, or with `view=preview` what it looks like',
  params: LoggedParams,
  query: PreviewQuery,
  result: Preview,
  produces: 'application/octet-stream',
  handle: async ({ services, params, query, response }) => {
    const { rest = [] } = params;
    const { donor } = await attemptOf(services, params, undefined);
    const run = await services.store.tracking.runOfStep(donor);
    if (rest.length === 0) return { body: previewOfFiles(run ? await loggedFiles(services, run) : []) };
    const path = run && (await loggedPath(services, run, rest));
    if (path === undefined) throw notFound(`The logged file ${rest.join('/')} of step ${params.key} in run ${params.id}`);
    const name = basename(path);
    if (query.view === 'preview') return { body: await services.previewer.preview({ path, type: 'uri_file', name, offset: query.offset, limit: query.limit }) };
    await sendAsData(response, path);
    return undefined;
  },
});
