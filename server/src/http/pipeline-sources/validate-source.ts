import { z } from 'zod';
import { Problem } from '@pipewright/shared/graph/problem.ts';
import { SubmitRun } from '@pipewright/shared/http/runs.ts';
import { endpoint } from '../endpoint.ts';
import { requestOfSource } from './request-of-source.ts';

export const validateSource = endpoint({
  method: 'post',
  path: '/validate',
  summary: 'Everything that is wrong with a pipeline',
  body: SubmitRun,
  result: z.object({ problems: z.array(Problem) }),
  handle: async ({ services, body }) => {
    const { request, locate } = await requestOfSource(services, body);
    const { problems } = await services.scheduler.plan(request);
    return { body: { problems: locate(problems) } };
  },
});
