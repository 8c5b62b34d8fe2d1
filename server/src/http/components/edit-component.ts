import { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { splitLayout } from '@pipewright/shared/yaml/read-pipeline.ts';
import { lineageOfComponent } from '../../drafts/draft-service.ts';
import { VersionParams, versionOf } from '../assets/asset-params.ts';
import { openDraft } from '../drafts/create-and-open.ts';
import { endpoint } from '../endpoint.ts';
import { HttpError, notFound } from '../errors.ts';

export const editComponent = endpoint({
  method: 'post',
  path: '/components/{name}/{version}/edit',
  summary: 'Open a pipeline component as a draft, to become its next version; a draft of it that is open already is answered again',
  params: VersionParams,
  result: Draft,
  status: 201,
  handle: async ({ services, params }) => {
    const { name, version } = await versionOf(services, 'components', params);
    const record = await services.store.registry.component(name, version);
    if (!record) throw notFound(`Version ${params.version} of the component ${params.name}`);
    const { component, folder } = record;
    if (component.type !== 'pipeline') throw new HttpError(422, 'not-a-pipeline', `${name} is no pipeline: there is nothing inside to be edited here`);
    const { document, layout } = splitLayout(Pipeline.parse({ ...component, display_name: component.display_name ?? name }));
    const from = lineageOfComponent({ name, version });
    const id = await services.drafts.createOnceFrom({ document, layout, folder, from, by: await services.displayName() });
    return { body: await openDraft(services, id) };
  },
});
