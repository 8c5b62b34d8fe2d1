import { z } from 'zod';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { PublishedPipelineDetail } from '@pipewright/shared/http/pipelines.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';

export const listVersions = endpoint({
  method: 'get',
  path: '/pipelines/{name}/versions',
  summary: 'Every version of a published pipeline with its document, newest first',
  params: z.object({ name: z.string() }),
  result: pageOf(PublishedPipelineDetail),
  handle: async ({ services, params: { name } }) => {
    const items = await services.store.pipelines.versions(name);
    if (items.length === 0) throw notFound(`The pipeline ${name}`);
    return { body: { items: [...items], nextCursor: null } };
  },
});
