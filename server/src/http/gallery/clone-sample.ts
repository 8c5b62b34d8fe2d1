import { z } from 'zod';
import { contentOf } from '@pipewright/shared/draft/draft-op.ts';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { endpoint } from '../endpoint.ts';
import { createAndOpen } from '../drafts/create-and-open.ts';
import { notFound } from '../errors.ts';

export const cloneSample = endpoint({
  method: 'post',
  path: '/gallery/{name}/clone',
  summary: 'Make a draft of a sample or a published pipeline',
  params: z.object({ name: z.string() }),
  result: Draft,
  status: 201,
  handle: async ({ services, params: { name } }) => {
    const sample = services.samples.find((candidate) => candidate.name === name);
    if (sample) return { body: await createAndOpen(services, { ...sample.content, folder: sample.folder, from: `gallery:${name}` }) };
    const published = await services.store.pipelines.get(name, 'latest');
    if (!published) throw notFound(`The pipeline ${name}`);
    const { folder, version } = published;
    return { body: await createAndOpen(services, { ...contentOf(published), folder, from: `pipeline:${name}:${version}` }) };
  },
});
