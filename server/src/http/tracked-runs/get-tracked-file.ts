import { z } from 'zod';
import { PreviewAnswer, PreviewQuery } from '@pipewright/shared/http/preview.ts';
import { endpoint } from '../endpoint.ts';
import { answerLogged } from '../runs/answer-logged.ts';
import { findTrackedRun, TrackedParams } from './find-tracked-run.ts';

/** `rest`: the path of a file; without it all of them are listed. */
const FileParams = TrackedParams.extend({ rest: z.array(z.string()).optional() });

export const getTrackedFile = endpoint({
  method: 'get',
  path: '/tracked-runs/{id}/logged{/*rest}',
  summary: 'The files and models that an MLflow run has logged, the bytes of one, or with `view=preview` what it looks like',
  params: FileParams,
  query: PreviewQuery,
  result: PreviewAnswer,
  produces: 'application/octet-stream',
  handle: async ({ services, params, query, response }) => {
    const run = await findTrackedRun(services, params.id);
    return await answerLogged(services, response, { run, rest: params.rest ?? [], query, what: `run ${run.id}` });
  },
});
