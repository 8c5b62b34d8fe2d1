import { DraftSummary } from '@pipewright/shared/http/drafts.ts';
import { pageOf, PageQuery } from '@pipewright/shared/http/page.ts';
import { endpoint } from '../endpoint.ts';

export const listDrafts = endpoint({
  method: 'get',
  path: '/drafts',
  summary: 'Drafts, the latest edit first',
  query: PageQuery,
  result: pageOf(DraftSummary),
  handle: async ({ services, query }) => {
    const { items, nextCursor } = await services.drafts.list(query);
    return { body: { items: [...items], nextCursor } };
  },
});
