import { pageOf } from '@pipewright/shared/http/page.ts';
import { RunsQuery } from '@pipewright/shared/http/runs.ts';
import { RunSummary } from '@pipewright/shared/run/run.ts';
import { endpoint } from '../endpoint.ts';

export const listRuns = endpoint({
  method: 'get',
  path: '/runs',
  summary: 'Runs, newest first',
  query: RunsQuery,
  result: pageOf(RunSummary),
  handle: async ({ services, query }) => {
    const { items, nextCursor } = await services.store.runs.list(query);
    return { body: { items: [...items], nextCursor } };
  },
});
