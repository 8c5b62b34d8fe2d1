import { z } from 'zod';
import { PreviewAnswer, PreviewQuery } from '@pipewright/shared/http/preview.ts';
import { RunId } from '@pipewright/shared/ids.ts';
import { endpoint } from '../endpoint.ts';
import { answerLogged } from './answer-logged.ts';
import { attemptOf } from './attempt-of.ts';

/** `rest`: the path of a file; without it all of them are listed. */
const LoggedParams = z.object({ id: RunId, key: z.string(), rest: z.array(z.string()).optional() });

export const getLoggedFile = endpoint({
  method: 'get',
  path: '/runs/{id}/steps/{key}/logged{/*rest}',
  summary: 'The files and models that the step has logged in its MLflow run, the bytes of one, or with `view=preview` what it looks like',
  params: LoggedParams,
  query: PreviewQuery,
  result: PreviewAnswer,
  produces: 'application/octet-stream',
  handle: async ({ services, params, query, response }) => {
    const { donor } = await attemptOf(services, params, undefined);
    const run = await services.store.tracking.runOfStep(donor);
    return await answerLogged(services, response, { run, rest: params.rest ?? [], query, what: `step ${params.key} in run ${params.id}` });
  },
});
