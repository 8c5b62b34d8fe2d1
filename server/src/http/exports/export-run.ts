import { ExportQuery } from '@pipewright/shared/http/exports.ts';
import { sourceOfRun } from '../../export/find-source.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { RunParams } from '../runs/run-params.ts';
import { sendExport } from './send-export.ts';

export const exportRun = endpoint({
  method: 'get',
  path: '/runs/{id}/export',
  summary: 'What was run, as a file or as an archive with everything that it names',
  params: RunParams,
  query: ExportQuery,
  produces: 'application/zip',
  handle: async ({ services, params: { id }, query: { as }, response }) => {
    const source = await sourceOfRun(services, id);
    if (!source) throw notFound(`The run ${id}`);
    await sendExport(services, source, { response, as });
    return undefined;
  },
});
