import { RegisteredEnvironment } from '@pipewright/shared/http/assets.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { normalizeEnvironment } from '../../environments/normalize-environment.ts';
import { endpoint } from '../endpoint.ts';

export const listEnvironments = endpoint({
  method: 'get',
  path: '/environments',
  summary: 'Registered environments and how their builds stand',
  result: pageOf(RegisteredEnvironment),
  handle: async ({ services }) => {
    const builds = new Map((await services.environments.builds()).map((build) => [build.hash, build]));
    const items: RegisteredEnvironment[] = [];
    for (const { name, version, source, environment, folder } of await services.store.registry.environments()) {
      const normalized = await normalizeEnvironment(environment, folder);
      const hash = 'definition' in normalized ? services.environments.hashOf(normalized.definition) : '';
      items.push({ name, version, source, definition: environment, build: builds.get(hash) ?? null });
    }
    return { body: { items, nextCursor: null } };
  },
});
