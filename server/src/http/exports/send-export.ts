import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { ExportQuery } from '@pipewright/shared/http/exports.ts';
import { writePipeline } from '@pipewright/shared/yaml/write-pipeline.ts';
import { codeRulesOf } from '../../config.ts';
import { exportFolder } from '../../export/export-folder.ts';
import type { ExportSource } from '../../export/export-parts.ts';
import { withNotes } from '../../export/exported-folder.ts';
import { whyNotZip, zipStream } from '../../export/zip-stream.ts';
import { HttpError } from '../errors.ts';
import type { Services } from '../services.ts';

/** Answers with a pipeline's file, or with an archive of the folder that has everything in it. */
export async function sendExport(
  services: Services,
  source: ExportSource,
  { response, as }: { readonly response: Response; readonly as: ExportQuery['as'] },
): Promise<void> {
  const name = fileName(source);
  if (as === 'yaml') {
    response.attachment(`${name}.yml`).type('application/yaml').send(writePipeline(source.content));
    return;
  }
  const { components, environmentRegistry, store, artifacts, config } = services;
  const exported = await exportFolder({ components, environmentRegistry, store, artifacts, rules: codeRulesOf(config) }, source);
  const files = withNotes(exported);
  const why = whyNotZip(files);
  if (why !== null) throw new HttpError(413, 'too-large', { title: 'The folder is too large for an archive', detail: why });
  response.attachment(`${name}.zip`).type('application/zip');
  // A file that vanishes while it is sent breaks the answer off: half an archive is not taken for a whole one.
  await pipeline(Readable.from(zipStream(files, name)), response).catch((error: unknown) => {
    if (!response.destroyed) response.destroy(error instanceof Error ? error : undefined);
  });
}

const fileName = ({ content: { document } }: ExportSource): string =>
  (document.display_name ?? document.name ?? 'pipeline')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 80) || 'pipeline';
