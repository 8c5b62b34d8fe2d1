import { z } from 'zod';
import { DraftInside } from '@pipewright/shared/http/drafts.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { DraftParams } from './draft-params.ts';

export const getDraftInside = endpoint({
  method: 'get',
  path: '/drafts/{id}/inside/{key}',
  summary: 'The graph of a step that is a pipeline; the key of one further down is a path, with / as %2F',
  params: DraftParams.extend({ key: z.string().min(1) }),
  result: DraftInside,
  handle: async ({ services, params: { id, key } }) => {
    const inside = await services.drafts.inside(id, key);
    if (!inside) throw notFound(`A pipeline ${key} in the draft ${id}`);
    return { body: inside };
  },
});
