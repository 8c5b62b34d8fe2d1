import { z } from 'zod';
import { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { DraftParams } from './draft-params.ts';

export const getCheckpoint = endpoint({
  method: 'get',
  path: '/drafts/{id}/checkpoints/{checkpoint}',
  summary: 'A draft as it stood when it was kept; bringing it back is an edit like any other',
  params: DraftParams.extend({ checkpoint: z.string() }),
  result: DraftContent,
  handle: async ({ services, params: { id, checkpoint } }) => {
    const content = await services.store.drafts.checkpointContent(id, checkpoint);
    if (!content) throw notFound(`The checkpoint ${checkpoint} of draft ${id}`);
    return { body: content };
  },
});
