import { StepMetrics } from '@pipewright/shared/http/runs.ts';
import { RunId } from '@pipewright/shared/ids.ts';
import { endpoint } from '../endpoint.ts';
import { attemptOf } from './attempt-of.ts';
import { StepParams } from './run-params.ts';
import { thinnedCurves } from './thinned.ts';

export const getStepMetrics = endpoint({
  method: 'get',
  path: '/runs/{id}/steps/{key}/metrics',
  summary: 'Metrics and parameters that the step has logged',
  params: StepParams,
  result: StepMetrics,
  handle: async ({ services, params }) => {
    const { donor } = await attemptOf(services, params, undefined);
    return { body: thinnedCurves(await services.store.tracking.ofStep(RunId.parse(donor.run), donor.step)) };
  },
});
