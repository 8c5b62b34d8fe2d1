import { contentOf } from '@pipewright/shared/draft/draft-op.ts';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { ImportPipeline } from '@pipewright/shared/http/runs.ts';
import { lineageOf } from '../../engine/lineage.ts';
import { endpoint } from '../endpoint.ts';
import { createAndOpen } from '../drafts/create-and-open.ts';
import { requestOfSource } from './request-of-source.ts';

export const importSource = endpoint({
  method: 'post',
  path: '/import',
  summary: 'Make a draft of a file or document',
  body: ImportPipeline,
  result: Draft,
  status: 201,
  handle: async ({ services, body }) => {
    const { request } = await requestOfSource(services, body);
    const document = body.name === undefined ? request.document : { ...request.document, display_name: body.name };
    const { origin, layout, text, folder } = request;
    return { body: await createAndOpen(services, { ...contentOf({ document, layout, text }), folder, from: lineageOf(origin) }) };
  },
});
