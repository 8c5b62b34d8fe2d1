import { RunDraft } from '@pipewright/shared/http/drafts.ts';
import { Plan } from '@pipewright/shared/run/plan.ts';
import { endpoint } from '../endpoint.ts';
import { DraftParams } from './draft-params.ts';
import { requestOfDraft } from './request-of-draft.ts';

export const planDraft = endpoint({
  method: 'post',
  path: '/drafts/{id}/plan',
  summary: 'What a run of the draft would do, and why',
  params: DraftParams,
  body: RunDraft,
  result: Plan,
  handle: async ({ services, params: { id }, body }) => {
    const { request } = await requestOfDraft(services, id, body);
    return { body: await services.scheduler.plan(request) };
  },
});
