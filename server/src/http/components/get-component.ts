import { formatComponentReference } from '@pipewright/shared/component/component-reference.ts';
import { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { VersionParams, versionOf } from '../assets/asset-params.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';

export const getComponent = endpoint({
  method: 'get',
  path: '/components/{name}/{version}',
  summary: 'One version of a component, or the `latest`, without the runs that used it',
  params: VersionParams,
  result: RegisteredComponent,
  handle: async ({ services, params }) => {
    const asset = await versionOf(services, 'components', params);
    const record = await services.store.registry.component(asset.name, asset.version);
    if (!record) throw notFound(`Version ${params.version} of the component ${params.name}`);
    return { body: { ...asset, reference: formatComponentReference(asset.name, asset.version), component: record.component } };
  },
});
