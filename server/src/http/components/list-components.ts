import { formatComponentReference } from '@pipewright/shared/component/component-reference.ts';
import { AssetsQuery } from '@pipewright/shared/http/assets.ts';
import { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { pageOf, PageQuery } from '@pipewright/shared/http/page.ts';
import { pageOfAssets } from '../assets/list-assets.ts';
import { endpoint } from '../endpoint.ts';

export const listComponents = endpoint({
  method: 'get',
  path: '/components',
  summary: 'Registered components with their interfaces, every version, newest first',
  query: AssetsQuery.extend({ limit: PageQuery.shape.limit.unwrap().default(500) }),
  result: pageOf(RegisteredComponent),
  handle: async ({ services, query }) => {
    const { items, nextCursor } = await pageOfAssets(services, 'components', query);
    const found: RegisteredComponent[] = [];
    for (const asset of items) {
      const record = await services.store.registry.component(asset.name, asset.version);
      if (record) found.push({ ...asset, reference: formatComponentReference(asset.name, asset.version), component: record.component });
    }
    return { body: { items: found, nextCursor } };
  },
});
