import { RunSummary } from '@pipewright/shared/run/run.ts';
import { endpoint } from '../endpoint.ts';
import { HttpError, notFound } from '../errors.ts';
import { RunParams } from './run-params.ts';

export const cancelRun = endpoint({
  method: 'post',
  path: '/runs/{id}/cancel',
  summary: 'Stop a run: its processes are ended, nothing further begins',
  params: RunParams,
  result: RunSummary,
  status: 202,
  handle: async ({ services, params: { id } }) => {
    const isAccepted = await services.scheduler.cancel(id, await services.displayName());
    const summary = await services.store.runs.summary(id);
    if (!summary) throw notFound(`Run ${id}`);
    if (!isAccepted) throw new HttpError(409, 'run-ended', { title: `Run ${id} has ended already`, detail: `It is ${summary.status}.` });
    return { body: summary };
  },
});
