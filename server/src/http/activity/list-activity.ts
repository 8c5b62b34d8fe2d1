import { Activity, ActivityQuery } from '@pipewright/shared/http/activity.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { readActivity } from '../../drafts/read-activity.ts';
import { DraftParams } from '../drafts/draft-params.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';

export const listActivity = endpoint({
  method: 'get',
  path: '/drafts/{id}/activity',
  summary: 'What happened to a draft, newest first: edits by who made them in one go, versions, runs, comments',
  params: DraftParams,
  query: ActivityQuery,
  result: pageOf(Activity),
  handle: async ({ services, params: { id }, query }) => {
    const page = await readActivity(services.store, id, query);
    if (!page) throw notFound(`The draft ${id}`);
    return { body: { ...page, items: [...page.items] } };
  },
});
