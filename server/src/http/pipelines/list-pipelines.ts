import { pageOf, PageQuery } from '@pipewright/shared/http/page.ts';
import { PublishedPipeline } from '@pipewright/shared/http/pipelines.ts';
import { endpoint } from '../endpoint.ts';

export const listPipelines = endpoint({
  method: 'get',
  path: '/pipelines',
  summary: 'Published pipelines, the newest version of each',
  query: PageQuery,
  result: pageOf(PublishedPipeline),
  handle: async ({ services, query }) => {
    const { items, nextCursor } = await services.store.pipelines.list(query);
    return { body: { items: [...items], nextCursor } };
  },
});
