import { RunMetrics } from '@pipewright/shared/http/runs.ts';
import type { Donor } from '@pipewright/shared/run/reason.ts';
import type { RunRecord, RunStore } from '../../store/store.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { RunParams } from './run-params.ts';

export const getRunMetrics = endpoint({
  method: 'get',
  path: '/runs/{id}/metrics',
  summary: 'Last values of all metrics that the steps of the run have logged; a reused step shows those of its donor',
  params: RunParams,
  result: RunMetrics,
  handle: async ({ services, params: { id } }) => {
    const record = await services.store.runs.get(id);
    if (!record) throw notFound(`Run ${id}`);
    const donors = await donorsOf(services.store.runs, record);
    const metrics = await services.store.tracking.lastOfSteps(donors);
    const items = record.steps.map(({ key }, place) => ({ step: key, metrics: [...(metrics[place] ?? [])] }));
    return { body: { items: items.filter((item) => item.metrics.length > 0) } };
  },
});

/** Where what the steps show was logged, each in its place: a reused step shows its donor's, a sweep its best trial's. */
async function donorsOf(runs: Pick<RunStore, 'step'>, { summary: { id }, steps }: RunRecord): Promise<Donor[]> {
  const rows = new Map(steps.map((step) => [step.key, step]));
  const donors: Donor[] = [];
  for (const step of steps) {
    const best = step.status === 'completed' ? step.best?.step : undefined;
    // Of very many trials not every one comes with the run.
    const own = best === undefined ? step : (rows.get(best) ?? (await runs.step(id, best)) ?? step);
    donors.push(own.status === 'reused' ? own.donor : { run: id, step: own.key });
  }
  return donors;
}
