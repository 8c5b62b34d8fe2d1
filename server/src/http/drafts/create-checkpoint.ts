import { Checkpoint, CreateCheckpoint } from '@pipewright/shared/http/drafts.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { DraftParams } from './draft-params.ts';

export const createCheckpoint = endpoint({
  method: 'post',
  path: '/drafts/{id}/checkpoints',
  summary: 'Keep a draft as it stands, under a name',
  params: DraftParams,
  body: CreateCheckpoint,
  result: Checkpoint,
  status: 201,
  handle: async ({ services, params: { id }, body }) => {
    const draft = await services.store.drafts.get(id);
    if (!draft) throw notFound(`The draft ${id}`);
    return { body: await services.drafts.checkpoints.keepNamed(draft, { name: body.name, by: await services.displayName() }) };
  },
});
