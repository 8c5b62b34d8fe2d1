import { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { splitLayout } from '@pipewright/shared/yaml/read-pipeline.ts';
import { lineageOfComponent } from '../../drafts/draft-service.ts';
import { VersionParams, versionOf } from '../assets/asset-params.ts';
import { createAndOpen } from '../drafts/create-and-open.ts';
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
    const from = lineageOfComponent({ name, version });
    const known = await services.store.drafts.findFrom(from);
    const open = known && (await services.drafts.open(known));
    if (open) return { body: open };
    const { document, layout } = splitLayout(Pipeline.parse({ ...component, display_name: component.display_name ?? name }));
    return { body: await createAndOpen(services, { document, layout, folder, from }) };
  },
});
