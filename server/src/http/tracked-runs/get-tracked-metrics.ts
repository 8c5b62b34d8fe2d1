import { StepMetrics } from '@pipewright/shared/http/runs.ts';
import { endpoint } from '../endpoint.ts';
import { thinnedCurves } from '../runs/thinned.ts';
import { findTrackedRun, TrackedParams } from './find-tracked-run.ts';

export const getTrackedMetrics = endpoint({
  method: 'get',
  path: '/tracked-runs/{id}/metrics',
  summary: 'Metrics and parameters that an MLflow run has logged, one of a notebook too',
  params: TrackedParams,
  result: StepMetrics,
  handle: async ({ services, params }) => {
    const run = await findTrackedRun(services, params.id);
    return { body: thinnedCurves(await services.store.tracking.ofRun(run.id)) };
  },
});
