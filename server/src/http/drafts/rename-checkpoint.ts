import { z } from 'zod';
import { Checkpoint, CreateCheckpoint } from '@pipewright/shared/http/drafts.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { DraftParams } from './draft-params.ts';

export const renameCheckpoint = endpoint({
  method: 'patch',
  path: '/drafts/{id}/checkpoints/{checkpoint}',
  summary: 'Give a kept state of a draft another name; one with a name stays, whatever its age',
  params: DraftParams.extend({ checkpoint: z.string() }),
  body: CreateCheckpoint,
  result: Checkpoint,
  handle: async ({ services, params: { id, checkpoint }, body }) => {
    const renamed = await services.drafts.checkpoints.rename(id, checkpoint, body.name);
    if (!renamed) throw notFound(`The checkpoint ${checkpoint} of draft ${id}`);
    return { body: renamed };
  },
});
