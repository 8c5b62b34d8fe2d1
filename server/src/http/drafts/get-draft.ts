import { Draft } from '@pipewright/shared/http/drafts.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { DraftParams } from './draft-params.ts';

export const getDraft = endpoint({
  method: 'get',
  path: '/drafts/{id}',
  summary: 'A draft as the designer opens it; its revision is the ETag',
  params: DraftParams,
  result: Draft,
  handle: async ({ services, params: { id } }) => {
    const draft = await services.drafts.open(id);
    if (!draft) throw notFound(`The draft ${id}`);
    return { body: draft, headers: { ETag: `"${draft.revision}"` } };
  },
});
