import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { Preview, PreviewAnswer } from '@pipewright/shared/http/preview.ts';
import { wholeTable } from '@pipewright/shared/http/table-view.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { readTextFile } from '../read-text-file.ts';
import { listFiles, mostFiles, previewOfFiles, type ListedFile } from './list-files.ts';
import { mediaKindOf } from './media-kind.ts';
import type { Previewer, PreviewRequest } from './previewer.ts';
import { TableReader } from './table-reader.ts';
import type { TableAsk, TableReading } from './table-query.ts';
import { readingOfUtf16, readingsOf, readingsOfFolder } from './table-source.ts';

/** A text is given by pieces of this size, to the end of a line. */
const textPiece = 256 * 1024;
/** JSON is shown as a tree only whole. */
const jsonPiece = 2 * 1024 * 1024;
/** Of documents that make sense only whole. */
const mostWhole = 8 * 1024 * 1024;

export function createPreviewer(): Previewer {
  const tables = new TableReader();
  return {
    preview: async (request, signal) => {
      const look: Look = { request, tables, signal };
      const preview = (await stat(request.path)).isDirectory() ? await previewFolder(look) : await previewFile(look);
      const isTableAsked = request.about !== undefined && request.about.kind !== 'rows-only';
      // Rows and charts of what turns out to be no table.
      return isTableAsked && !isOfTable(preview) ? { kind: 'unavailable', message: 'It is not a table.' } : preview;
    },
    [Symbol.asyncDispose]: async () => await tables[Symbol.asyncDispose](),
  };
}

interface Look {
  readonly request: PreviewRequest;
  readonly tables: TableReader;
  readonly signal: AbortSignal | undefined;
}

const ofTable: ReadonlySet<PreviewAnswer['kind']> = new Set(['profile', 'relations', 'chart', 'unavailable']);
const isOfTable = ({ kind }: PreviewAnswer): boolean => ofTable.has(kind);

async function previewFolder(look: Look): Promise<PreviewAnswer> {
  const { path, type } = look.request;
  const readings = type === 'mltable' ? await readingsOfFolder(path) : undefined;
  if (readings !== undefined) return await readTable(look, readings);
  const model = await readTextFile(join(path, 'MLmodel'));
  const files = await listFiles(path);
  return model === null ? previewOfFiles(files) : describeModel(model, files);
}

async function previewFile(look: Look): Promise<PreviewAnswer> {
  const { path, name, type, offset } = look.request;
  const { size } = await stat(path);
  const start = await readPiece(path, { from: 0, length: 4096 });
  const media = mediaKindOf(name, start);
  const isTable = media.kind === 'table' || (type === 'mltable' && media.kind === 'text');
  if (isTable && size === 0) return { kind: 'unavailable', message: 'The file is empty: it has no columns and no rows.' };
  switch (media.kind) {
    case 'image':
      return { kind: 'image', mediaType: media.mediaType, path: name };
    case 'table':
      return await readTable(look, isUtf16(start) && media.format === 'csv' ? [readingOfUtf16(path)] : readingsOf([path], media.format));
    case 'html':
      return { kind: 'html', text: toText(await readPiece(path, { from: 0, length: mostWhole })) };
    case 'json':
      return (size <= mostWhole ? await readPlot(path) : undefined) ?? (await previewText(path, { language: 'json', offset, size }));
    case 'text':
      // A table in a single file: only its port says so.
      if (type === 'mltable') return await readTable(look, readingsOf([path], 'csv'));
      return await previewText(path, { language: media.language, offset, size });
    case 'binary':
      return { kind: 'unavailable', message: `This file holds ${size} bytes that are no text. Download it to look at it.` };
    default:
      return assertNever(media);
  }
}

const isUtf16 = (start: Buffer): boolean => (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff);

async function readTable({ request, tables, signal }: Look, readings: readonly TableReading[]): Promise<PreviewAnswer> {
  const { mtimeMs, size } = await stat(request.path);
  const sizeBytes = readings[0]?.order === null ? await sizeOf(request.path) : size;
  return await tables.read({ readings: [...readings], version: `${mtimeMs} ${size}`, sizeBytes, ask: askOf(request) }, signal);
}

async function sizeOf(path: string): Promise<number> {
  const about = await stat(path);
  return about.isDirectory() ? (await listFiles(path)).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) : about.size;
}

function askOf({ about, table = wholeTable, offset, limit }: PreviewRequest): TableAsk {
  if (about === undefined || about.kind === 'rows-only') return { kind: 'rows', view: table, offset, limit, hasProfile: about === undefined };
  if (about.kind === 'chart') return { kind: 'chart', view: table, chart: about.chart };
  if (about.kind === 'relations') return about;
  return { kind: 'profile', ...(table.columnsLike === undefined ? {} : { columnsLike: table.columnsLike }) };
}

interface TextPlace {
  readonly language: string;
  /** In bytes: where a line begins. */
  readonly offset: number;
  readonly size: number;
}

async function previewText(path: string, { language, offset, size }: TextPlace): Promise<Preview> {
  const whole = await readPiece(path, { from: offset, length: language === 'json' ? jsonPiece : textPiece });
  const hasMore = offset + whole.length < size;
  const lineEnd = hasMore ? whole.lastIndexOf(0x0a) + 1 : whole.length;
  const piece = lineEnd === 0 ? withoutHalfCharacter(whole) : whole.subarray(0, lineEnd);
  return { kind: 'text', language, text: toText(piece), isTruncated: offset + piece.length < size, end: offset + piece.length, sizeBytes: size };
}

/** A line that goes on further than a piece is cut between two characters. */
function withoutHalfCharacter(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1;
  // The first byte of a character of several, which may be whole or not.
  return (bytes[end - 1] ?? 0) >= 0xc0 ? bytes.subarray(0, end - 1) : bytes;
}

const toText = (bytes: Buffer): string => new TextDecoder().decode(bytes, { stream: true });

const Model = z.looseObject({
  flavors: z.record(z.string(), z.unknown()).catch({}),
  signature: z.json().nullable().catch(null),
});
/** What is told of a model besides, where its MLmodel file says it, and how it is called. */
const told = [
  ['mlflow_version', 'MLflow'],
  ['run_id', 'Run'],
  ['model_uuid', 'Id'],
  ['utc_time_created', 'Created'],
  ['model_size_bytes', 'Bytes'],
] as const;
const flavourTold = [
  ['python_version', 'Python'],
  ['sklearn_version', 'scikit-learn'],
  ['lgb_version', 'LightGBM'],
  ['xgb_version', 'XGBoost'],
  ['pytorch_version', 'PyTorch'],
  ['model_class', 'Class'],
  ['serialization_format', 'Written with'],
  ['loader_module', 'Loaded by'],
  ['predict_fn', 'Predicts by'],
] as const;

function describeModel(text: string, all: readonly ListedFile[]): Preview {
  const model = Model.safeParse(readYaml(text).value);
  const { flavors = {}, signature = null, ...rest } = model.data ?? {};
  const facts = new Map(told.flatMap(([key, name]) => factOf(rest, key, name)));
  for (const flavour of Object.values(flavors)) {
    for (const [key, name] of flavourTold) for (const [known, value] of factOf(flavour, key, name)) if (!facts.has(known)) facts.set(known, value);
  }
  const shown = [...facts].map(([name, value]) => ({ name, value }));
  return { kind: 'model', flavors: Object.keys(flavors), signature, facts: shown, files: all.slice(0, mostFiles) };
}

function factOf(from: unknown, key: string, name: string): (readonly [string, string])[] {
  const value = from !== null && typeof from === 'object' && key in from ? (from as Readonly<Record<string, unknown>>)[key] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [];
}

const Plot = z.looseObject({ $schema: z.string().optional(), title: z.unknown().optional() });

/** A Vega-Lite document names its schema, or draws marks. */
async function readPlot(path: string): Promise<Preview | undefined> {
  const plot = Plot.safeParse(parseJson(toText(await readPiece(path, { from: 0, length: mostWhole }))));
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

async function readPiece(path: string, { from, length }: { readonly from: number; readonly length: number }): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const there = Math.max(0, Math.min(length, size - from));
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(there), 0, there, from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
