import { open, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Preview } from '@pipewright/shared/http/preview.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { listFiles, mostFiles, previewOfFiles, type ListedFile } from './list-files.ts';
import type { Previewer, PreviewRequest } from './previewer.ts';
import { TableReader } from './table-reader.ts';

const mostText = 512 * 1024;
const mostSpecBytes = 8 * 1024 * 1024;

const images: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
};
const languages: Readonly<Record<string, string>> = {
  '.json': 'json',
  '.md': 'markdown',
  '.py': 'python',
  '.sql': 'sql',
  '.yml': 'yaml',
  '.yaml': 'yaml',
  '.sh': 'shell',
  '.txt': 'text',
  '.log': 'text',
};

export function createPreviewer(): Previewer {
  const tables = new TableReader();
  return {
    preview: async (request) => await previewOf(request, tables),
    [Symbol.asyncDispose]: async () => await tables[Symbol.asyncDispose](),
  };
}

async function previewOf(request: PreviewRequest, tables: TableReader): Promise<Preview> {
  const info = await stat(request.path);
  return info.isDirectory() ? await previewFolder(request, tables) : await previewFile(request, tables, info.size);
}

async function previewFolder(request: PreviewRequest, tables: TableReader): Promise<Preview> {
  const { path, offset, limit } = request;
  if (request.type === 'mltable') {
    const source = await tableSource(path);
    if (source) return await tables.read({ source, offset, limit });
  }
  const model = await readFile(join(path, 'MLmodel'), 'utf8').catch(() => null);
  const files = await listFiles(path);
  return model === null ? previewOfFiles(files) : describeModel(model, files);
}

/** What an MLTable file points at, as far as it is one kind of file that DuckDB reads. */
async function tableSource(folder: string): Promise<string | undefined> {
  const files = await listFiles(folder);
  for (const [extension, reader] of [
    ['.parquet', 'read_parquet'],
    ['.csv', 'read_csv'],
    ['.json', 'read_json'],
  ] as const) {
    const matching = files.filter((file) => file.path.endsWith(extension)).map((file) => literal(join(folder, file.path)));
    if (matching.length > 0) return `${reader}([${matching.join(', ')}])`;
  }
  return undefined;
}

function describeModel(text: string, all: readonly ListedFile[]): Preview {
  const value = readYaml(text).value;
  const model = value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
  const { flavors, signature } = model;
  return {
    kind: 'model',
    flavors: flavors !== null && typeof flavors === 'object' ? Object.keys(flavors) : [],
    signature: signature === undefined ? null : JSON.parse(JSON.stringify(signature)),
    files: all.slice(0, mostFiles),
  };
}

async function previewFile({ path, name, offset, limit }: PreviewRequest, tables: TableReader, size: number): Promise<Preview> {
  const extension = extname(name).toLowerCase();
  if (images[extension]) return { kind: 'image', mediaType: images[extension], path: name };
  if (extension === '.parquet') return await tables.read({ source: `read_parquet(${literal(path)})`, offset, limit });
  if (extension === '.csv' || extension === '.tsv') return await tables.read({ source: `read_csv(${literal(path)})`, offset, limit });
  if (extension === '.html') return { kind: 'html', text: (await readText(path, mostSpecBytes)).text };
  if (extension === '.json' && size <= mostSpecBytes) {
    const plot = readPlot(await readFile(path, 'utf8'));
    if (plot) return plot;
  }
  const { text, isBinary } = await readText(path, mostText);
  if (isBinary) return { kind: 'unavailable', message: `This file holds ${size} bytes that are no text. Download it to look at it.` };
  return { kind: 'text', language: languages[extension] ?? 'text', text, isTruncated: size > mostText };
}

/** A Vega-Lite document names its schema, or draws marks. */
function readPlot(text: string): Preview | undefined {
  try {
    const spec: unknown = JSON.parse(text);
    if (spec === null || typeof spec !== 'object') return undefined;
    const isPlot = ('$schema' in spec && String(spec.$schema).includes('vega')) || 'mark' in spec || 'layer' in spec;
    if (!isPlot) return undefined;
    const title = 'title' in spec ? spec.title : '';
    return { kind: 'plot', title: typeof title === 'string' ? title : '', spec: JSON.parse(text) };
  } catch {
    // Not JSON after all: it is shown as the text that it is.
    return undefined;
  }
}

async function readText(path: string, limit: number): Promise<{ text: string; isBinary: boolean }> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(limit), 0, limit, 0);
    const bytes = buffer.subarray(0, bytesRead);
    return { text: bytes.toString('utf8'), isBinary: bytes.subarray(0, 8192).includes(0) };
  } finally {
    await handle.close();
  }
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
