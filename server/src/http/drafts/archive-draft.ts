import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { DraftParams } from './draft-params.ts';

export const archiveDraft = endpoint({
  method: 'delete',
  path: '/drafts/{id}',
  summary: 'Put a draft out of sight; it can be brought back',
  params: DraftParams,
  result: z.object({ id: z.string() }),
  handle: async ({ services, params: { id } }) => {
    const isDone = await services.store.drafts.archive(id, services.clock.now().toISOString());
    if (!isDone) throw notFound(`The draft ${id}`);
    return { body: { id } };
  },
});
