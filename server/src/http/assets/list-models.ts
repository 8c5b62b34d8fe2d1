import { isDataType } from '@pipewright/shared/component/port-type.ts';
import { DataAsset } from '@pipewright/shared/http/assets.ts';
import { pageOf, PageQuery } from '@pipewright/shared/http/page.ts';
import { endpoint } from '../endpoint.ts';

export const listModels = endpoint({
  method: 'get',
  path: '/models',
  summary: 'Trained models that runs have put out, newest first; the run is the version',
  query: PageQuery,
  result: pageOf(DataAsset),
  handle: async ({ services, query }) => {
    const outputs = await services.store.runs.outputsOfTypes(['mlflow_model', 'triton_model'], query.limit);
    const items = outputs.flatMap(({ run, pipelineName, step, port, artifact, createdAt }): DataAsset[] => {
      if (!isDataType(artifact.type)) return [];
      const description = `Output ${port} of step ${step} in run ${run} of ${pipelineName}`;
      const about = { name: `${pipelineName} / ${step}`, version: run, type: artifact.type, description, licence: null, source: 'run' as const };
      return [{ ...about, sizeBytes: artifact.sizeBytes, run, step, port, createdAt }];
    });
    return { body: { items, nextCursor: null } };
  },
});
