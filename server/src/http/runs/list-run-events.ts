import { z } from 'zod';
import { RunEvents } from '@pipewright/shared/http/runs.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { RunParams } from './run-params.ts';

export const listRunEvents = endpoint({
  method: 'get',
  path: '/runs/{id}/events',
  summary: 'What happened in a run, after a sequence number',
  params: RunParams,
  query: z.object({ after: z.coerce.number().int().min(0).default(0) }),
  result: RunEvents,
  handle: async ({ services, params: { id }, query }) => {
    if (!(await services.store.runs.summary(id))) throw notFound(`Run ${id}`);
    return { body: { items: [...(await services.store.runs.eventsAfter(id, query.after))] } };
  },
});
