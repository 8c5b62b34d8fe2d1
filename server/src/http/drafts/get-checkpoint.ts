import { z } from 'zod';
import { KeptContent } from '@pipewright/shared/http/drafts.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { DraftParams } from './draft-params.ts';

export const getCheckpoint = endpoint({
  method: 'get',
  path: '/drafts/{id}/checkpoints/{checkpoint}',
  summary: 'A draft as it stood when it was kept; bringing it back is an edit like any other',
  params: DraftParams.extend({ checkpoint: z.string() }),
  result: KeptContent,
  handle: async ({ services, params: { id, checkpoint } }) => {
    const draft = await services.store.drafts.get(id);
    const content = await services.store.drafts.checkpointContent(id, checkpoint);
    if (!draft || !content) throw notFound(`The checkpoint ${checkpoint} of draft ${id}`);
    return { body: await services.drafts.keptContent(content, draft.folder) };
  },
});
