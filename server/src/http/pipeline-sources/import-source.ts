import { isAbsolute } from 'node:path';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { contentOf } from '@pipewright/shared/draft/draft-op.ts';
import { ImportPipeline } from '@pipewright/shared/http/runs.ts';
import { lineageOf } from '../../engine/lineage.ts';
import { endpoint } from '../endpoint.ts';
import { createAndOpen } from '../drafts/create-and-open.ts';
import { answerImport } from '../imports/answer-import.ts';
import type { Services } from '../services.ts';
import { requestOfSource } from './request-of-source.ts';

export const importSource = endpoint({
  method: 'post',
  path: '/import',
  summary: 'Make a draft of a file, folder, archive or document that holds one pipeline',
  body: ImportPipeline,
  result: Draft,
  status: 201,
  handle: async ({ services, body }) => {
    if (body.file !== undefined && isAbsolute(body.file)) return { body: await importFile(services, body.file, body.name) };
    const { request } = await requestOfSource(services, body);
    const document = body.name === undefined ? request.document : { ...request.document, display_name: body.name };
    const { origin, folder } = request;
    return { body: await createAndOpen(services, { ...contentOf(request), document, folder, from: lineageOf(origin) }) };
  },
});

async function importFile(services: Services, file: string, name: string | undefined): Promise<Draft> {
  const outcome = await services.imports.files([file], { name, by: await services.displayName(), mostPipelines: 1 });
  const [item] = answerImport(outcome).body.items;
  const draft = item && (await services.drafts.open(item.id));
  if (!draft) throw new Error('Internal error: expected the draft that was just made');
  return draft;
}
