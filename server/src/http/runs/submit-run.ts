import { SubmitRun } from '@pipewright/shared/http/runs.ts';
import { RunSummary } from '@pipewright/shared/run/run.ts';
import { endpoint } from '../endpoint.ts';
import { withProblems } from '../errors.ts';
import { checkSource } from '../pipeline-sources/check-source.ts';
import { requestOfSource } from '../pipeline-sources/request-of-source.ts';

export const submitRun = endpoint({
  method: 'post',
  path: '/runs',
  summary: 'Run a file, a document, a published pipeline or a sample',
  body: SubmitRun,
  check: checkSource,
  result: RunSummary,
  status: 201,
  handle: async ({ services, body }) => {
    const { request, locate } = await requestOfSource(services, body);
    const outcome = await services.scheduler.submit(request);
    if (!outcome.ok) throw withProblems('The pipeline has problems that keep it from running', locate(outcome.problems));
    return { body: outcome.run };
  },
});
