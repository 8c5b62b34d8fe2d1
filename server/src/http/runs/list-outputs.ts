import { z } from 'zod';
import { PortType } from '@pipewright/shared/component/port-type.ts';
import { RunOutput } from '@pipewright/shared/http/assets.ts';
import { pageOf, PageQuery } from '@pipewright/shared/http/page.ts';
import { endpoint } from '../endpoint.ts';

export const listOutputs = endpoint({
  method: 'get',
  path: '/outputs',
  summary: 'What steps of runs have put out, of some types (`type=mlflow_model,triton_model`), newest first, whether it has a name or not',
  query: PageQuery.extend({ type: z.string().transform((text) => z.array(PortType).min(1).parse(text.split(','))) }),
  result: pageOf(RunOutput),
  handle: async ({ services, query: { type, ...page } }) => {
    const { items, nextCursor } = await services.store.outputs.ofTypes(type, page);
    return { body: { items: [...items], nextCursor } };
  },
});
