import { stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { z } from 'zod';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { readTextFile } from '../read-text-file.ts';
import { listFiles } from './list-files.ts';
import { literal } from './rows-where.ts';
import type { TableReading } from './table-query.ts';

export type TableFormat = 'parquet' | 'csv' | 'json';

/** A line may be this long before it is held for a mistake: a cell can hold a document. */
const longestLine = 16 * 1024 * 1024;
const lenient = `all_varchar = true, ignore_errors = true, null_padding = true, strict_mode = false, max_line_size = ${longestLine}`;

/** The ways to read files of one format as one table: as they should be, and then as they may be after all. */
export function readingsOf(paths: readonly string[], format: TableFormat, delimiter?: string): TableReading[] {
  const files = `[${paths.map(fileLiteral).join(', ')}]`;
  switch (format) {
    case 'parquet':
      return [{ sql: `read_parquet(${files}, union_by_name = true)`, order: 'file_index, file_row_number', lines: null, remark: null }];
    case 'csv': {
      const csv = (settings: string, remark: string | null): TableReading => {
        const delimited = delimiter === undefined ? '' : `, delim = ${literal(delimiter)}`;
        return { sql: `read_csv(${files}${delimited}, union_by_name = true${settings === '' ? '' : `, ${settings}`})`, order: null, lines: [...paths], remark };
      };
      return [
        csv('', null),
        csv(`encoding = 'latin-1'`, 'Read as Latin-1: it is not UTF-8'),
        csv(`max_line_size = ${longestLine}`, null),
        csv(lenient, 'All columns are read as text, and lines that do not fit are left out: not every line has what the first ones have'),
        csv(`encoding = 'latin-1', ${lenient}`, 'Read as Latin-1 and as text, without the lines that do not fit'),
      ];
    }
    case 'json':
      return [{ sql: `read_json(${files}, union_by_name = true, maximum_object_size = ${longestLine})`, order: null, lines: null, remark: null }];
  }
}

/** Text of two bytes a character, as some programs on Windows write it, says so by how it begins. */
export const readingOfUtf16 = (path: string): TableReading => ({
  sql: `read_csv([${fileLiteral(path)}], encoding = 'utf-16')`,
  order: null,
  lines: [path],
  remark: 'Read as UTF-16: it is not UTF-8',
});

/** The format that a name tells. */
export function formatOf(name: string): TableFormat | undefined {
  if (/\.(parquet|pq)$/i.test(name)) return 'parquet';
  if (/\.(csv|tsv)$/i.test(name)) return 'csv';
  return /\.(jsonl|ndjson)$/i.test(name) ? 'json' : undefined;
}

/** What the MLTable file of a folder points at; without one, all of its files of the first format that there is. */
export async function readingsOfFolder(folder: string): Promise<TableReading[] | undefined> {
  const text = await readTextFile(join(folder, 'MLTable'));
  const described = text === null ? undefined : await readingsOfMltable(folder, text);
  if (described !== undefined) return described;
  const files = (await listFiles(folder)).map(({ path }) => path);
  for (const format of ['parquet', 'csv', 'json'] as const) {
    const found = files.filter((file) => formatOf(file) === format || (format === 'json' && file.endsWith('.json')));
    if (found.length > 0)
      return readingsOf(
        found.map((file) => join(folder, file)),
        format,
      );
  }
  return undefined;
}

const MltablePath = z.union([z.object({ file: z.string() }), z.object({ folder: z.string() }), z.object({ pattern: z.string() })]);
const Step = z.union([z.string(), z.record(z.string(), z.unknown())]);
const Mltable = z.looseObject({ paths: z.array(MltablePath).min(1), transformations: z.array(Step).default([]) });
const Delimited = z.looseObject({ delimiter: z.string().optional() });
const readers: Readonly<Record<string, TableFormat>> = { read_parquet: 'parquet', read_delimited: 'csv', read_json_lines: 'json' };

/** Undefined for what it says in other words than these: a file elsewhere, or no reader. */
async function readingsOfMltable(folder: string, text: string): Promise<TableReading[] | undefined> {
  const parsed = Mltable.safeParse(readYaml(text).value);
  if (!parsed.success) return undefined;
  const files = await Promise.all(parsed.data.paths.map(async (path) => await filesOf(folder, path)));
  const paths = files.flat();
  if (paths.length === 0) return undefined;
  const steps = parsed.data.transformations.map((step): readonly [string, unknown] =>
    typeof step === 'string' ? [step, undefined] : (Object.entries(step)[0] ?? ['', undefined]),
  );
  const [reader, settings] = steps.find(([name]) => readers[name] !== undefined) ?? ['', undefined];
  const format = readers[reader] ?? formatOf(paths[0] ?? '');
  return format && readingsOf(paths, format, Delimited.safeParse(settings).data?.delimiter);
}

async function filesOf(root: string, path: z.infer<typeof MltablePath>): Promise<string[]> {
  const inside = (text: string): string | undefined => {
    const full = resolve(root, text);
    return full === root || full.startsWith(root + sep) ? full : undefined;
  };
  if ('file' in path) {
    const file = inside(path.file);
    return file !== undefined && (await stat(file).catch(() => null))?.isFile() ? [file] : [];
  }
  if ('folder' in path) {
    const folder = inside(path.folder);
    return folder === undefined ? [] : (await listFiles(folder).catch(() => [])).map((file) => join(folder, file.path));
  }
  const matches = patternOf(path.pattern);
  return (await listFiles(root)).filter((file) => matches.test(file.path)).map((file) => join(root, file.path));
}

function patternOf(pattern: string): RegExp {
  const parts = pattern.replace(/^\.\//, '').split(/(\*\*\/|\*\*|\*)/);
  const body = parts.map((part) => ({ '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*' })[part] ?? RegExp.escape(part));
  return new RegExp(`^${body.join('')}$`);
}

/** DuckDB reads `*`, `?` and `[` in the name of a file as a pattern. */
const fileLiteral = (path: string): string => literal(path.replaceAll(/[[*?]/g, '[$&]'));
