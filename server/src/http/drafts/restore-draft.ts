import { Draft } from '@pipewright/shared/http/drafts.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { DraftParams } from './draft-params.ts';

export const restoreDraft = endpoint({
  method: 'post',
  path: '/drafts/{id}/restore',
  summary: 'Bring an archived draft back',
  params: DraftParams,
  result: Draft,
  handle: async ({ services, params: { id } }) => {
    await services.store.drafts.restore(id);
    const draft = await services.drafts.open(id);
    if (!draft) throw notFound(`The draft ${id}`);
    return { body: draft };
  },
});
