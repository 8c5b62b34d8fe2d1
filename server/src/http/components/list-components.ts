import { formatComponentReference } from '@pipewright/shared/component/component-reference.ts';
import { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { endpoint } from '../endpoint.ts';

export const listComponents = endpoint({
  method: 'get',
  path: '/components',
  summary: 'Every version of every registered component',
  result: pageOf(RegisteredComponent),
  handle: async ({ services }) => {
    const records = await services.store.registry.components();
    const items = records.map((record) => ({ ...record, reference: formatComponentReference(record.name, record.version) }));
    return { body: { items, nextCursor: null } };
  },
});
