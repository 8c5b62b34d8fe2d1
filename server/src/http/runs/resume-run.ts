import { ResumeOptions } from '@pipewright/shared/run/run-options.ts';
import { RunSummary } from '@pipewright/shared/run/run.ts';
import { endpoint } from '../endpoint.ts';
import { HttpError, withProblems } from '../errors.ts';
import { RunParams } from './run-params.ts';

export const resumeRun = endpoint({
  method: 'post',
  path: '/runs/{id}/resume',
  summary: 'Go on with a run that has ended, or do a part of it again, as a new run; what finished is taken over',
  params: RunParams,
  body: ResumeOptions,
  result: RunSummary,
  status: 201,
  handle: async ({ services, params: { id }, body }) => {
    const outcome = await services.scheduler.resume(id, { by: await services.displayName(), options: body });
    if (outcome.ok) return { body: outcome.run };
    if ('why' in outcome) throw new HttpError(409, 'not-resumable', { title: outcome.why });
    throw withProblems('The run cannot be gone on with', outcome.problems);
  },
});
