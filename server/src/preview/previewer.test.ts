import { execFileSync } from 'node:child_process';
import { mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PortType } from '@pipewright/shared/component/port-type.ts';
import type { Preview } from '@pipewright/shared/http/preview.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { createPreviewer } from './create-previewer.ts';

type Table = Extract<Preview, { kind: 'table' }>;

async function sql(...statements: string[]): Promise<void> {
  const database = await DuckDBInstance.create(':memory:');
  const connection = await database.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
}

async function show(path: string, more: { type?: PortType; name?: string; offset?: number; limit?: number } = {}): Promise<Preview> {
  const previewer = createPreviewer();
  onTestFinished(async () => await previewer[Symbol.asyncDispose]());
  const { type = 'uri_file', name = path.split('/').at(-1) ?? '', offset = 0, limit = 100 } = more;
  return await previewer.preview({ path, type, name, offset, limit });
}

async function showTable(...args: Parameters<typeof show>): Promise<Table> {
  const preview = await show(...args);
  if (preview.kind !== 'table') throw new Error(JSON.stringify(preview));
  return preview;
}

async function fileWith(name: string, content: string | Buffer): Promise<string> {
  const path = join(await tempFolder(), name);
  await writeFile(path, content);
  return path;
}

describe('a table', () => {
  it('is shown by pages with what its columns hold', async () => {
    const path = join(await tempFolder(), 'data.parquet');
    const rows = `select i, i / 4.0 as x, case when i % 4 = 0 then null when i < 10 then 'a' else 'b' end as word, i % 2 = 0 as even, date '2024-01-01' + i::integer as day from range(24) t(i)`;
    await sql(`copy (${rows}) to '${path}'`);
    const table = await showTable(path, { offset: 20, limit: 2 });
    expect(table).toMatchObject({ rowCount: 24, offset: 20 });
    expect(table.rows).toEqual([
      [20, 5, null, true, '2024-01-21'],
      [21, 5.25, 'b', false, '2024-01-22'],
    ]);
    const [whole, x, word, even, day] = table.columns;
    expect(whole).toMatchObject({ name: 'i', type: 'BIGINT', kind: 'number', missing: 0, min: 0, max: 23, mean: 11.5 });
    expect(whole?.histogram).toHaveLength(12);
    expect(whole?.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(24);
    expect(whole?.histogram[0]).toEqual({ label: '0', count: 2 });
    expect(x).toMatchObject({ kind: 'number', min: 0, max: 5.75 });
    expect(word).toMatchObject({
      kind: 'text',
      missing: 6,
      distinct: 2,
      min: 'a',
      max: 'b',
      mean: null,
      histogram: [
        { label: 'b', count: 11 },
        { label: 'a', count: 7 },
      ],
    });
    expect(even).toMatchObject({
      kind: 'boolean',
      histogram: [
        { label: 'false', count: 12 },
        { label: 'true', count: 12 },
      ],
    });
    expect(day).toMatchObject({ kind: 'time', min: '2024-01-01', max: '2024-01-24', missing: 0 });
  });

  it('holds every kind of value as JSON can', async () => {
    const path = join(await tempFolder(), 'data.parquet');
    const values = `9007199254740993::bigint as big, 42::bigint as small, 1.50::decimal(10,2) as price, 'nan'::double as nan, 'inf'::double as inf,
      timestamp '2024-02-03 10:00:00' as at, timestamptz '2024-02-03 10:00:00+00' as zoned, time '10:00:01' as clock, [1, 2] as list, {'a': 1} as struct, 'x'::blob as bytes, null::integer as none`;
    await sql(`set timezone = 'UTC'`, `copy (select ${values}) to '${path}'`);
    const { rows, columns } = await showTable(path);
    const named = Object.fromEntries(columns.map(({ name }, index) => [name, rows[0]?.[index]]));
    expect(named).toMatchObject({
      big: '9007199254740993',
      small: 42,
      price: 1.5,
      nan: 'NaN',
      inf: 'Infinity',
      at: '2024-02-03 10:00:00',
      clock: '10:00:01',
      list: '[1, 2]',
      none: null,
    });
    expect(named['zoned']).toMatch(/^2024-02-03 /);
    expect(columns.find(({ name }) => name === 'nan')).toMatchObject({ min: null, max: null, mean: null, histogram: [] });
    expect(columns.find(({ name }) => name === 'list')).toMatchObject({ kind: 'other', distinct: null, histogram: [] });
    expect(JSON.parse(JSON.stringify(rows))).toEqual(rows);
  });

  it('keeps infinite values out of the bounds of the others', async () => {
    const path = join(await tempFolder(), 'data.parquet');
    await sql(`copy (select unnest([1.0, 3.0, 'inf'::double, 'nan'::double]) as x) to '${path}'`);
    const { columns } = await showTable(path);
    expect(columns[0]).toMatchObject({ min: 1, max: 3, mean: 2, missing: 0 });
    expect(columns[0]?.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(2);
  });

  it('may be empty, or have one value only', async () => {
    const folder = await tempFolder();
    await sql(`copy (select 1 as a where false) to '${folder}/none.parquet'`, `copy (select 7 as a from range(3)) to '${folder}/one.parquet'`);
    expect(await showTable(`${folder}/none.parquet`)).toMatchObject({ rowCount: 0, rows: [], columns: [{ name: 'a', min: null, histogram: [] }] });
    expect((await showTable(`${folder}/one.parquet`)).columns[0]?.histogram).toEqual([{ label: '7', count: 3 }]);
  });

  it('says nothing of the most frequent values where nearly all differ', async () => {
    const path = join(await tempFolder(), 'data.parquet');
    await sql(`copy (select md5(i::varchar) as h from range(5000) t(i)) to '${path}'`);
    expect((await showTable(path)).columns[0]).toMatchObject({ histogram: [] });
  });

  it('is read from CSV, TSV and lines of JSON, whatever its file and columns are called', async () => {
    const folder = join(await tempFolder(), "it's [1] *");
    await mkdir(folder);
    await writeFile(join(folder, 'a?.csv'), 'the "name",n\nx,1\n');
    await writeFile(join(folder, 'b.tsv'), 'n\tm\n1\t2\n');
    await writeFile(join(folder, 'c.jsonl'), '{"n":1}\n{"n":2}\n');
    expect(await showTable(join(folder, 'a?.csv'))).toMatchObject({ columns: [{ name: 'the "name"' }, { name: 'n' }], rows: [['x', 1]] });
    expect(await showTable(join(folder, 'b.tsv'))).toMatchObject({ rows: [[1, 2]] });
    expect(await showTable(join(folder, 'c.jsonl'))).toMatchObject({ rowCount: 2 });
  });

  it('is found in a folder by its MLTable file, else by what lies there', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'notes.csv'), 'wrong\n1\n');
    await writeFile(join(folder, 'rows.txt'), 'a;b\n1;2\n');
    await writeFile(join(folder, 'MLTable'), 'paths:\n  - file: ./rows.txt\ntransformations:\n  - read_delimited:\n      delimiter: ";"\n');
    expect(await showTable(folder, { type: 'mltable' })).toMatchObject({ columns: [{ name: 'a' }, { name: 'b' }], rows: [[1, 2]] });
    await writeFile(join(folder, 'MLTable'), 'paths:\n  - file: ../../etc/passwd\n');
    expect(await showTable(folder, { type: 'mltable' })).toMatchObject({ columns: [{ name: 'wrong' }] });
  });

  it('is all files that a pattern of its MLTable names', async () => {
    const folder = await tempFolder();
    await mkdir(join(folder, 'parts'));
    await sql(
      ...[1, 2].map((part) => `copy (select ${part} as part) to '${folder}/parts/${part}.parquet'`),
      `copy (select 3 as part) to '${folder}/other.parquet'`,
    );
    await writeFile(join(folder, 'MLTable'), 'paths:\n  - pattern: ./parts/*.parquet\ntransformations:\n  - read_parquet\n');
    expect((await showTable(folder, { type: 'mltable' })).rows).toEqual([[1], [2]]);
  });

  it('that is broken says so, and the next is shown', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'broken.parquet'), 'PAR1 is not enough');
    await writeFile(join(folder, 'fine.csv'), 'a\n1\n');
    expect(await show(join(folder, 'broken.parquet'))).toEqual({
      kind: 'unavailable',
      message: expect.stringMatching(/^The table cannot be shown: .*broken.parquet/),
    });
    expect(await show(join(folder, 'fine.csv'))).toMatchObject({ kind: 'table' });
  });

  it('with a name like its output has is known by how it begins', async () => {
    const folder = await tempFolder();
    await sql(`copy (select 1 as a) to '${folder}/content' (format parquet)`);
    expect(await show(join(folder, 'content'), { name: 'scored' })).toMatchObject({ kind: 'table', rows: [[1]] });
    const csv = await fileWith('content', 'a,b\n1,2\n');
    expect(await show(csv, { name: 'table', type: 'mltable' })).toMatchObject({ kind: 'table', rows: [[1, 2]] });
    expect(await show(csv, { name: 'report', type: 'uri_file' })).toMatchObject({ kind: 'text' });
  });

  it('is read anew when its file changed', async () => {
    const path = await fileWith('data.csv', 'a\n1\n');
    const previewer = createPreviewer();
    onTestFinished(async () => await previewer[Symbol.asyncDispose]());
    const shown = async () => await previewer.preview({ path, type: 'uri_file', name: 'data.csv', offset: 0, limit: 10 });
    expect(await shown()).toMatchObject({ rowCount: 1 });
    await writeFile(path, 'a\n1\n2\n');
    expect(await shown()).toMatchObject({ rowCount: 2, columns: [{ max: 2 }] });
  });
});

describe('other files', () => {
  it.each([
    ['a.md', '# Title', { kind: 'text', language: 'markdown', text: '# Title', isTruncated: false }],
    ['a.py', 'print()', { kind: 'text', language: 'python' }],
    ['a.log', 'done', { kind: 'text', language: 'text' }],
    ['a.json', '{"r2": 0.9}', { kind: 'text', language: 'json', text: '{"r2": 0.9}' }],
    ['a.json', '{broken', { kind: 'text', language: 'json', text: '{broken' }],
    ['a.json', '{"mark":"bar","title":"Errors","data":{}}', { kind: 'plot', title: 'Errors', spec: { mark: 'bar', data: {} } }],
    ['a.json', '{"$schema":"https://vega.github.io/schema/vega-lite/v6.json","hconcat":[]}', { kind: 'plot', title: '' }],
    ['plot', '{"layer":[]}', { kind: 'plot' }],
    ['a.html', '<p>', { kind: 'html', text: '<p>' }],
    ['report', '<!DOCTYPE html><p>', { kind: 'html' }],
    ['a.png', 'any', { kind: 'image', mediaType: 'image/png', path: 'a.png' }],
    ['picture', '\u0089PNG\r\n\u001A\n', { kind: 'image', mediaType: 'image/png' }],
    ['drawing', '<svg xmlns="x"/>', { kind: 'image', mediaType: 'image/svg+xml' }],
    ['model.pkl', '\u0080\u0000\u0000', { kind: 'unavailable', message: 'This file holds 3 bytes that are no text. Download it to look at it.' }],
    ['empty.txt', '', { kind: 'text', text: '' }],
  ])('%s that holds %j', async (name, content, expected) => {
    expect(await show(await fileWith(name, Buffer.from(content, 'latin1')))).toMatchObject(expected);
  });

  it('shows the beginning of a long text, and no half of a character', async () => {
    const preview = await show(await fileWith('long.txt', `x${'数'.repeat(300_000)}`));
    if (preview.kind !== 'text') throw new Error(preview.kind);
    expect(preview.isTruncated).toBe(true);
    expect(preview.text).toMatch(/^x数+$/);
  });
});

describe('folders', () => {
  it('is one of files where a pipe is called like the file that tells a model', async () => {
    const folder = await tempFolder();
    execFileSync('mkfifo', [join(folder, 'MLmodel')]);
    await writeFile(join(folder, 'a.txt'), 'a');
    expect(await show(folder, { type: 'uri_folder' })).toMatchObject({ kind: 'files', files: [{ path: 'a.txt' }] });
  });

  it('lists files, sorted, and tells a model by its MLmodel', async () => {
    const folder = await tempFolder();
    await mkdir(join(folder, 'plots'));
    await writeFile(join(folder, 'plots/a.json'), '{}');
    await writeFile(join(folder, 'b.txt'), '12345');
    await symlink('b.txt', join(folder, 'link'));
    expect(await show(folder, { type: 'uri_folder' })).toEqual({
      kind: 'files',
      files: [
        { path: 'b.txt', sizeBytes: 5 },
        { path: 'plots/a.json', sizeBytes: 2 },
      ],
      isTruncated: false,
    });
    await writeFile(
      join(folder, 'MLmodel'),
      `flavors:\n  python_function:\n    loader_module: mlflow.sklearn\n  sklearn: {}\nsignature:\n  inputs: '[{"name": "x", "type": "double"}]'\n`,
    );
    expect(await show(folder, { type: 'mlflow_model' })).toMatchObject({
      kind: 'model',
      flavors: ['python_function', 'sklearn'],
      signature: { inputs: '[{"name": "x", "type": "double"}]' },
      files: [{ path: 'MLmodel' }, {}, {}],
    });
    await writeFile(join(folder, 'MLmodel'), ': not yaml: [');
    expect(await show(folder)).toMatchObject({ kind: 'model', flavors: [], signature: null });
    expect((await stat(folder)).isDirectory()).toBe(true);
  });
});
