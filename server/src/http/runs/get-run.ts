import { Run } from '@pipewright/shared/http/runs.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { RunParams } from './run-params.ts';

export const getRun = endpoint({
  method: 'get',
  path: '/runs/{id}',
  summary: 'A run with its immutable snapshot and all steps',
  params: RunParams,
  result: Run,
  handle: async ({ services, params: { id } }) => {
    const record = await services.store.runs.get(id);
    if (!record) throw notFound(`Run ${id}`);
    const { summary, snapshot, inputs, steps } = record;
    return { body: { ...summary, snapshot, inputs, steps: [...steps] } };
  },
});
