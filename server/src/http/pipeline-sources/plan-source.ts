import { SubmitRun } from '@pipewright/shared/http/runs.ts';
import { Plan } from '@pipewright/shared/run/plan.ts';
import { othersFirst } from '../../fair-turns.ts';
import { endpoint } from '../endpoint.ts';
import { checkSource } from './check-source.ts';
import { requestOfSource } from './request-of-source.ts';

export const planSource = endpoint({
  method: 'post',
  path: '/plan',
  summary: 'What a run would do, and why',
  body: SubmitRun,
  check: checkSource,
  result: Plan,
  handle: async ({ services, body }) => {
    const { request, locate } = await requestOfSource(services, body);
    const { problems, ...plan } = await services.scheduler.plan(request);
    // To say what becomes of thousands of steps takes a while of its own.
    await othersFirst();
    return { body: { ...plan, problems: locate(problems) } };
  },
});
