import { contentOf } from '@pipewright/shared/draft/draft-op.ts';
import { CreateDraft, Draft } from '@pipewright/shared/http/drafts.ts';
import { emptyLayout } from '@pipewright/shared/pipeline/layout.ts';
import { emptyPipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { endpoint } from '../endpoint.ts';
import { createAndOpen } from './create-and-open.ts';

export const createDraft = endpoint({
  method: 'post',
  path: '/drafts',
  summary: 'A new draft: empty, or of a document',
  body: CreateDraft,
  result: Draft,
  status: 201,
  handle: async ({ services, body }) => {
    const document = body.document ?? emptyPipeline(body.name ?? 'Untitled pipeline');
    const named = body.name === undefined ? document : { ...document, display_name: body.name };
    const content = contentOf({ document: named, layout: body.layout ?? emptyLayout, text: body.text });
    return { body: await createAndOpen(services, { ...content, folder: null, from: null }) };
  },
});
