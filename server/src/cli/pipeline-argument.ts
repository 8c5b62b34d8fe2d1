import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SubmitRun } from '@pipewright/shared/http/runs.ts';
import { catalog } from './catalog.ts';
import { UsageError } from './parse-arguments.ts';

/** What a person names on the command line; `text` as they wrote it. */
export type PipelineArgument =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'gallery'; readonly gallery: string }
  | { readonly kind: 'pipeline'; readonly name: string; readonly version: string; readonly text: string };

/** `FILE`, `gallery:NAME` or `PIPELINE[:VERSION]`. */
export function readPipelineArgument(text: string | undefined): PipelineArgument {
  if (text === undefined) throw new UsageError('name a pipeline: a file, gallery:NAME, or the name of a published one');
  if (text.startsWith('gallery:')) return { kind: 'gallery', gallery: text.slice('gallery:'.length) };
  const file = resolve(text);
  if (existsSync(file)) return { kind: 'file', file };
  if (/\.ya?ml$/.test(text) || text.includes('/')) throw new UsageError(`the file ${text} does not exist`);
  const [name = '', version = 'latest'] = text.split(':');
  return { kind: 'pipeline', name, version, text };
}

/** As the API takes it. */
export function toSource(argument: PipelineArgument): Pick<SubmitRun, 'file' | 'gallery' | 'pipeline'> {
  switch (argument.kind) {
    case 'file':
      return { file: argument.file };
    case 'gallery':
      return { gallery: argument.gallery };
    case 'pipeline':
      return { pipeline: argument.text };
  }
}

/** The file behind it; null for a published pipeline, which the data folder holds. */
export function fileOf(argument: PipelineArgument): string | null {
  if (argument.kind === 'file') return argument.file;
  return argument.kind === 'gallery' ? galleryFile(argument.gallery) : null;
}

export const galleryFile = (name: string): string => join(catalog, 'gallery', name, 'pipeline.yml');
