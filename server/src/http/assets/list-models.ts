import { DataAsset } from '@pipewright/shared/http/assets.ts';
import { pageOf, PageQuery } from '@pipewright/shared/http/page.ts';
import { endpoint } from '../endpoint.ts';
import { assetOfOutput, assetOfRegistration } from './asset-of-output.ts';

export const listModels = endpoint({
  method: 'get',
  path: '/models',
  summary: 'Trained models that runs have put out, newest first; the run is the version unless the pipeline gives one',
  query: PageQuery,
  result: pageOf(DataAsset),
  handle: async ({ services, query }) => {
    const { items, nextCursor } = await services.store.outputs.ofTypes(['mlflow_model', 'triton_model'], query);
    const own = query.cursor === undefined ? (await services.store.assets.list('model')).map(assetOfRegistration) : [];
    return { body: { items: [...own, ...items.flatMap(assetOfOutput)], nextCursor } };
  },
});
