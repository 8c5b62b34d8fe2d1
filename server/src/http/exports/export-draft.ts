import { ExportQuery } from '@pipewright/shared/http/exports.ts';
import { sourceOfDraft } from '../../export/find-source.ts';
import { DraftParams } from '../drafts/draft-params.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { sendExport } from './send-export.ts';

export const exportDraft = endpoint({
  method: 'get',
  path: '/drafts/{id}/export',
  summary: 'A draft as a file, or as an archive with everything that it names',
  params: DraftParams,
  query: ExportQuery,
  produces: 'application/zip',
  handle: async ({ services, params: { id }, query: { as }, response }) => {
    const source = await sourceOfDraft(services, id);
    if (!source) throw notFound(`The draft ${id}`);
    await sendExport(services, source, { response, as });
    return undefined;
  },
});
