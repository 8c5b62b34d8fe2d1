import { z } from 'zod';
import { ExportQuery } from '@pipewright/shared/http/exports.ts';
import { sourceOfPipeline } from '../../export/find-source.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { sendExport } from './send-export.ts';

export const exportPublished = endpoint({
  method: 'get',
  path: '/pipelines/{name}/versions/{version}/export',
  summary: 'A published pipeline as a file, or as an archive with everything that it names',
  params: z.object({ name: z.string(), version: z.string() }),
  query: ExportQuery,
  produces: 'application/zip',
  handle: async ({ services, params: { name, version }, query: { as }, response }) => {
    const source = await sourceOfPipeline(services, name, version);
    if (!source) throw notFound(`The published pipeline ${name}:${version}`);
    await sendExport(services, source, { response, as });
    return undefined;
  },
});
