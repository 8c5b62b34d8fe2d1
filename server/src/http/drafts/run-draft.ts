import { RunDraft } from '@pipewright/shared/http/drafts.ts';
import { RunSummary } from '@pipewright/shared/run/run.ts';
import { endpoint } from '../endpoint.ts';
import { withProblems } from '../errors.ts';
import { DraftParams } from './draft-params.ts';
import { requestOfDraft } from './request-of-draft.ts';

export const runDraft = endpoint({
  method: 'post',
  path: '/drafts/{id}/runs',
  summary: 'Run the draft',
  params: DraftParams,
  body: RunDraft,
  result: RunSummary,
  status: 201,
  handle: async ({ services, params: { id }, body }) => {
    const { draft, request } = await requestOfDraft(services, id, body);
    const outcome = await services.scheduler.submit(request);
    if (!outcome.ok) throw withProblems('The pipeline has problems that keep it from running', outcome.problems);
    await services.drafts.checkpoints.keepOfRun(draft, { run: outcome.run.id, by: request.by });
    return { body: outcome.run };
  },
});
