import { RunMetrics } from '@pipewright/shared/http/runs.ts';
import { RunId } from '@pipewright/shared/ids.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { attemptOf } from './attempt-of.ts';
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
    const items: RunMetrics['items'] = [];
    for (const { key } of record.steps) {
      const { donor } = await attemptOf(services, { id, key }, undefined);
      const { metrics } = await services.store.tracking.ofStep(RunId.parse(donor.run), donor.step);
      if (metrics.length > 0) items.push({ step: key, metrics: metrics.map(({ name, last, points }) => ({ name, last, pointCount: points.length })) });
    }
    return { body: { items } };
  },
});
