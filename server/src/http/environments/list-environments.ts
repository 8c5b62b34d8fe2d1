import { AssetsQuery, RegisteredEnvironment } from '@pipewright/shared/http/assets.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { normalizeEnvironment } from '../../environments/normalize-environment.ts';
import { pageOfAssets } from '../assets/list-assets.ts';
import { endpoint } from '../endpoint.ts';

export const listEnvironments = endpoint({
  method: 'get',
  path: '/environments',
  summary: 'Registered environments and how their builds stand, newest first',
  query: AssetsQuery,
  result: pageOf(RegisteredEnvironment),
  handle: async ({ services, query }) => {
    const builds = new Map((await services.environments.builds()).map((build) => [build.hash, build]));
    const { items, nextCursor } = await pageOfAssets(services, 'environments', query);
    const found: RegisteredEnvironment[] = [];
    for (const asset of items) {
      const record = await services.store.registry.environment(asset.name, asset.version);
      if (!record) continue;
      const normalized = await normalizeEnvironment(record.environment, record.folder);
      const hash = 'definition' in normalized ? services.environments.hashOf(normalized.definition) : '';
      found.push({ ...asset, definition: record.environment, build: builds.get(hash) ?? null });
    }
    return { body: { items: found, nextCursor } };
  },
});
