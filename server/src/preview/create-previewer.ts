import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { Preview } from '@pipewright/shared/http/preview.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { readTextFile } from '../read-text-file.ts';
import { listFiles, mostFiles, previewOfFiles, type ListedFile } from './list-files.ts';
import { mediaKindOf } from './media-kind.ts';
import type { Previewer, PreviewRequest } from './previewer.ts';
import { TableReader } from './table-reader.ts';
import { readingSql, sourceOfFolder } from './table-source.ts';

const mostText = 512 * 1024;
/** Of documents that make sense only whole. */
const mostWhole = 8 * 1024 * 1024;

export function createPreviewer(): Previewer {
  const tables = new TableReader();
  return {
    preview: async (request) => ((await stat(request.path)).isDirectory() ? await previewFolder(request, tables) : await previewFile(request, tables)),
    [Symbol.asyncDispose]: async () => await tables[Symbol.asyncDispose](),
  };
}

async function previewFolder(request: PreviewRequest, tables: TableReader): Promise<Preview> {
  const { path, type } = request;
  const source = type === 'mltable' ? await sourceOfFolder(path) : undefined;
  if (source !== undefined) return await readTable(request, tables, source);
  const model = await readTextFile(join(path, 'MLmodel'));
  const files = await listFiles(path);
  return model === null ? previewOfFiles(files) : describeModel(model, files);
}

async function previewFile(request: PreviewRequest, tables: TableReader): Promise<Preview> {
  const { path, name, type } = request;
  const { size } = await stat(path);
  const start = await readStart(path, 4096);
  const media = mediaKindOf(name, start);
  switch (media.kind) {
    case 'image':
      return { kind: 'image', mediaType: media.mediaType, path: name };
    case 'table':
      return await readTable(request, tables, readingSql([path], media.format));
    case 'html':
      return { kind: 'html', text: await readText(path, mostWhole) };
    case 'json':
      return (size <= mostWhole ? readPlot(await readText(path, mostWhole)) : undefined) ?? (await previewText(path, 'json', size));
    case 'text':
      // A table in a single file: only its port says so.
      if (type === 'mltable') return await readTable(request, tables, readingSql([path], 'csv'));
      return await previewText(path, media.language, size);
    case 'binary':
      return { kind: 'unavailable', message: `This file holds ${size} bytes that are no text. Download it to look at it.` };
    default:
      return assertNever(media);
  }
}

async function readTable({ path, offset, limit }: PreviewRequest, tables: TableReader, source: string): Promise<Preview> {
  const { mtimeMs, size } = await stat(path);
  return await tables.read({ source, version: `${mtimeMs} ${size}`, offset, limit });
}

async function previewText(path: string, language: string, size: number): Promise<Preview> {
  return { kind: 'text', language, text: await readText(path, mostText), isTruncated: size > mostText };
}

const Model = z.looseObject({ flavors: z.record(z.string(), z.unknown()).catch({}), signature: z.json().nullable().catch(null) });

function describeModel(text: string, all: readonly ListedFile[]): Preview {
  const model = Model.safeParse(readYaml(text).value);
  const { flavors = {}, signature = null } = model.data ?? {};
  return { kind: 'model', flavors: Object.keys(flavors), signature, files: all.slice(0, mostFiles) };
}

const Plot = z.looseObject({ $schema: z.string().optional(), title: z.unknown().optional() });

/** A Vega-Lite document names its schema, or draws marks. */
function readPlot(text: string): Preview | undefined {
  const plot = Plot.safeParse(parseJson(text));
  const isPlot = plot.success && (plot.data.$schema?.includes('vega') || 'mark' in plot.data || 'layer' in plot.data);
  if (!isPlot) return undefined;
  const title = z.string().catch('').parse(plot.data.title);
  return { kind: 'plot', title, spec: z.json().parse(plot.data) };
}

/** Undefined for what is not JSON after all: it is shown as the text that it is. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** As text, without half a character at the end. */
async function readText(path: string, limit: number): Promise<string> {
  return new TextDecoder().decode(await readStart(path, limit), { stream: true });
}

async function readStart(path: string, limit: number): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const length = Math.min(limit, size);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
