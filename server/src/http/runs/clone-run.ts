import { contentOf } from '@pipewright/shared/draft/draft-op.ts';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { createAndOpen } from '../drafts/create-and-open.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { RunParams } from './run-params.ts';

export const cloneRun = endpoint({
  method: 'post',
  path: '/runs/{id}/clone',
  summary: 'Make a draft of what a run has run',
  params: RunParams,
  result: Draft,
  status: 201,
  handle: async ({ services, params: { id } }) => {
    const record = await services.store.runs.get(id);
    if (!record) throw notFound(`Run ${id}`);
    const { document, layout, folder } = record.snapshot;
    const content = contentOf({ document, layout, text: await services.store.runs.textOf(id) });
    return { body: await createAndOpen(services, { ...content, folder, from: `run:${id}` }) };
  },
});
