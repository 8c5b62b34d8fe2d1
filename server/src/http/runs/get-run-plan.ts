import { Plan } from '@pipewright/shared/run/plan.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { RunParams } from './run-params.ts';

export const getRunPlan = endpoint({
  method: 'get',
  path: '/runs/{id}/plan',
  summary: 'What the run was going to do when it was accepted',
  params: RunParams,
  result: Plan,
  handle: async ({ services, params: { id } }) => {
    const plan = await services.store.runs.plan(id);
    if (!plan) throw notFound(`Run ${id}`);
    return { body: plan };
  },
});
