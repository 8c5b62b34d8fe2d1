import { z } from 'zod';
import { Problem } from '@pipewright/shared/graph/problem.ts';
import { SubmitRun } from '@pipewright/shared/http/runs.ts';
import { asValidation } from '../../resolve/as-validation.ts';
import { endpoint } from '../endpoint.ts';
import { checkSource } from './check-source.ts';
import { readSource } from './request-of-source.ts';

export const validateSource = endpoint({
  method: 'post',
  path: '/validate',
  summary: 'Everything that is wrong with a pipeline',
  body: SubmitRun,
  check: checkSource,
  result: z.object({ problems: z.array(Problem) }),
  handle: async ({ services, body }) => {
    const read = await readSource(services, body);
    if (!read.ok) return { body: { problems: [...read.problems] } };
    const problems = await services.scheduler.check(read.request);
    return { body: { problems: asValidation(read.locate(problems)) } };
  },
});
