import { z } from 'zod';
import { KeptContent } from '@pipewright/shared/http/drafts.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';

export const getVersion = endpoint({
  method: 'get',
  path: '/pipelines/{name}/versions/{version}',
  summary: 'A published version, as a canvas draws it; `latest` is the newest',
  params: z.object({ name: z.string(), version: z.string() }),
  result: KeptContent,
  handle: async ({ services, params: { name, version } }) => {
    const published = await services.store.pipelines.get(name, version);
    if (!published) throw notFound(`Version ${version} of the pipeline ${name}`);
    return { body: await services.drafts.keptContent(published, published.folder) };
  },
});
