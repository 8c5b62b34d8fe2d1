import { stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { z } from 'zod';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { readTextFile } from '../read-text-file.ts';
import { listFiles } from './list-files.ts';

export type TableFormat = 'parquet' | 'csv' | 'json';

/** SQL that reads files of one format as one table. */
export function readingSql(paths: readonly string[], format: TableFormat, delimiter?: string): string {
  const files = `[${paths.map(fileLiteral).join(', ')}]`;
  switch (format) {
    case 'parquet':
      return `read_parquet(${files}, union_by_name = true)`;
    case 'csv':
      return `read_csv(${files}${delimiter === undefined ? '' : `, delim = ${literal(delimiter)}`}, union_by_name = true)`;
    case 'json':
      return `read_json(${files}, union_by_name = true)`;
  }
}

/** The format that a name tells. */
export function formatOf(name: string): TableFormat | undefined {
  if (/\.(parquet|pq)$/i.test(name)) return 'parquet';
  if (/\.(csv|tsv)$/i.test(name)) return 'csv';
  return /\.(jsonl|ndjson)$/i.test(name) ? 'json' : undefined;
}

/** What the MLTable file of a folder points at; without one, all of its files of the first format that there is. */
export async function sourceOfFolder(folder: string): Promise<string | undefined> {
  const text = await readTextFile(join(folder, 'MLTable'));
  const described = text === null ? undefined : await sourceOfMltable(folder, text);
  if (described !== undefined) return described;
  const files = (await listFiles(folder)).map(({ path }) => path);
  for (const format of ['parquet', 'csv', 'json'] as const) {
    const found = files.filter((file) => formatOf(file) === format || (format === 'json' && file.endsWith('.json')));
    if (found.length > 0)
      return readingSql(
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
async function sourceOfMltable(folder: string, text: string): Promise<string | undefined> {
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
  return format && readingSql(paths, format, Delimited.safeParse(settings).data?.delimiter);
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
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
