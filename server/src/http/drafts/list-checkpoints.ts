import { Checkpoint } from '@pipewright/shared/http/drafts.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { DraftParams } from './draft-params.ts';

export const listCheckpoints = endpoint({
  method: 'get',
  path: '/drafts/{id}/checkpoints',
  summary: 'States of a draft that were kept, newest first',
  params: DraftParams,
  result: pageOf(Checkpoint),
  handle: async ({ services, params: { id } }) => {
    if (!(await services.store.drafts.get(id))) throw notFound(`The draft ${id}`);
    return { body: { items: [...(await services.store.drafts.checkpoints(id))], nextCursor: null } };
  },
});
