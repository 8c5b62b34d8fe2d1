import { z } from 'zod';
import { formatComponentReference } from '@pipewright/shared/component/component-reference.ts';
import { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';

export const getComponent = endpoint({
  method: 'get',
  path: '/components/{name}/{version}',
  summary: 'One version of a component, or the `latest`',
  params: z.object({ name: z.string(), version: z.string() }),
  result: RegisteredComponent,
  handle: async ({ services, params: { name, version } }) => {
    const record = await services.store.registry.component(name, version);
    if (!record) throw notFound(`Version ${version} of the component ${name}`);
    return { body: { ...record, reference: formatComponentReference(record.name, record.version) } };
  },
});
