import { z } from 'zod';
import { AssetInRun } from '@pipewright/shared/http/assets.ts';
import { endpoint } from '../endpoint.ts';
import { RunParams } from './run-params.ts';

export const listRunAssets = endpoint({
  method: 'get',
  path: '/runs/{id}/assets',
  summary: 'The inputs and outputs of the steps of a run that are registered by name',
  params: RunParams,
  query: z.object({ step: z.string().optional() }),
  result: z.object({ items: z.array(AssetInRun) }),
  handle: async ({ services, params: { id }, query: { step } }) => ({ body: { items: [...(await services.store.assets.inRun(id, step))] } }),
});
