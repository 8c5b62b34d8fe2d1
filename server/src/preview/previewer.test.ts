import { execFileSync } from 'node:child_process';
import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PortType } from '@pipewright/shared/component/port-type.ts';
import { type PreviewAnswer, PreviewColumn } from '@pipewright/shared/http/preview.ts';
import type { TableChartData, TableView } from '@pipewright/shared/http/table-view.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { createPreviewer } from './create-previewer.ts';
import type { AboutTable } from './previewer.ts';

type Table = Omit<Extract<PreviewAnswer, { kind: 'table' }>, 'columns'> & { readonly columns: readonly PreviewColumn[] };

async function sql(...statements: string[]): Promise<void> {
  const database = await DuckDBInstance.create(':memory:');
  const connection = await database.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
}

interface Asked {
  readonly type?: PortType;
  readonly name?: string;
  readonly offset?: number;
  readonly limit?: number;
  readonly table?: Partial<TableView>;
  readonly about?: AboutTable;
}

async function show(
  path: string,
  { type = 'uri_file', name = path.split('/').at(-1) ?? '', offset = 0, limit = 100, table, about }: Asked = {},
): Promise<PreviewAnswer> {
  const previewer = createPreviewer();
  onTestFinished(async () => await previewer[Symbol.asyncDispose]());
  const view = table ? { table: { filters: [], ...table } } : {};
  return await previewer.preview({ path, type, name, offset, limit, ...view, ...(about ? { about } : {}) });
}

async function showTable(...args: Parameters<typeof show>): Promise<Table> {
  const preview = await show(...args);
  if (preview.kind !== 'table') throw new Error(JSON.stringify(preview));
  return { ...preview, columns: preview.columns.map((column) => PreviewColumn.parse(column)) };
}

async function showRows(...[path, asked]: Parameters<typeof show>): Promise<readonly (readonly unknown[])[]> {
  const preview = await show(path, { ...asked, about: { kind: 'rows-only' } });
  if (preview.kind !== 'table') throw new Error(JSON.stringify(preview));
  return preview.rows;
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

  it.each([
    ['its beginning alone', (whole: Buffer) => whole.subarray(0, whole.length / 2), 'damaged, or only a part of it was written'],
    [
      'something else in its middle',
      (whole: Buffer) => Buffer.concat([whole.subarray(0, 40), Buffer.alloc(whole.length - 80, 7), whole.subarray(-40)]),
      'cannot be shown',
    ],
  ])('of which there is %s says so', async (_, spoil, says) => {
    const folder = await tempFolder();
    await sql(`copy (select i, md5(i::varchar) as h from range(20000) t(i)) to '${folder}/whole.parquet'`);
    await writeFile(join(folder, 'spoilt.parquet'), spoil(await readFile(join(folder, 'whole.parquet'))));
    const shown = await show(join(folder, 'spoilt.parquet'));
    expect(shown).toMatchObject({ kind: 'unavailable', message: expect.stringContaining(says) });
    expect(JSON.stringify(shown)).not.toContain(folder);
  });

  it('in another encoding is read all the same, and says so', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'latin.csv'), Buffer.from('name,n\nMüller,1\n', 'latin1'));
    expect(await show(join(folder, 'latin.csv'))).toMatchObject({ rows: [['Müller', 1]], remark: 'Read as Latin-1: it is not UTF-8' });
    await writeFile(join(folder, 'wide.csv'), Buffer.from('\u{FEFF}name,n\nMüller,1\n', 'utf16le'));
    expect(await show(join(folder, 'wide.csv'))).toMatchObject({ rows: [['Müller', 1]], remark: 'Read as UTF-16: it is not UTF-8' });
  });

  it('whose encoding changes far below, which brings the database down, is read, and so is the next', async () => {
    const folder = await tempFolder();
    const path = join(folder, 'late.csv');
    await writeFile(path, Buffer.concat([Buffer.from(`a,b\n${'1,word\n'.repeat(100_000)}`), Buffer.from('1,Grün\n', 'latin1')]));
    await writeFile(join(folder, 'fine.csv'), 'a\n1\n');
    const previewer = createPreviewer();
    onTestFinished(async () => await previewer[Symbol.asyncDispose]());
    const shown = async (name: string) => await previewer.preview({ path: join(folder, name), type: 'uri_file', name, offset: 0, limit: 2 });
    const [late, fine] = await Promise.all([shown('late.csv'), shown('fine.csv')]);
    expect(late).toMatchObject({ kind: 'table', rowCount: 100_001, remark: 'Read as Latin-1: it is not UTF-8' });
    expect(fine).toMatchObject({ kind: 'table', rows: [[1]] });
    expect(await shown('fine.csv')).toMatchObject({ kind: 'table', rows: [[1]] });
  });

  it('with lines that do not fit is read without them', async () => {
    const path = await fileWith('ragged.csv', `a,b\n${'1,2\n'.repeat(50_000)}x,y,z,w\n3,4\n`);
    const table = await showTable(path);
    expect(table.remark).toContain('lines that do not fit are left out');
    expect(table.rowCount).toBeGreaterThanOrEqual(50_001);
  });

  it('is read as it is, whatever is wrong with a question about it', async () => {
    const path = await fileWith('days.csv', 'day,n\n2024-01-01,1\n2024-01-02,2\n');
    const previewer = createPreviewer();
    onTestFinished(async () => await previewer[Symbol.asyncDispose]());
    const shown = async (filters: TableView['filters']) =>
      await previewer.preview({ path, type: 'uri_file', name: 'days.csv', offset: 0, limit: 9, table: { filters }, about: { kind: 'rows-only' } });
    expect(await shown([{ op: 'between', column: 'day', from: 'yesterday' }])).toMatchObject({ kind: 'unavailable' });
    expect(await shown([])).toMatchObject({
      columns: [
        { name: 'day', kind: 'time' },
        { name: 'n', kind: 'number' },
      ],
      remark: null,
    });
  });

  it('of long text shows its first rows before it is read to its end, and counts about', async () => {
    const path = join(await tempFolder(), 'long.csv');
    await sql(`copy (select i as id, 'word ' || i % 40 as word, repeat('x', 60) as filler from range(150_000) t(i)) to '${path}'`);
    const previewer = createPreviewer();
    onTestFinished(async () => await previewer[Symbol.asyncDispose]());
    const ask = async (about: AboutTable, offset = 0) => await previewer.preview({ path, type: 'uri_file', name: 'long.csv', offset, limit: 2, about });
    const first = await ask({ kind: 'rows-only' });
    expect(first).toMatchObject({
      kind: 'table',
      isEstimate: true,
      rows: [
        [0, 'word 0', 'x'.repeat(60)],
        [1, 'word 1', 'x'.repeat(60)],
      ],
    });
    if (first.kind !== 'table') return;
    expect(Math.abs(first.rowCount - 150_000)).toBeLessThan(10_000);
    expect(first.matchCount).toBe(first.rowCount);
    expect(await ask({ kind: 'profile' })).toMatchObject({ kind: 'profile', rowCount: 150_000 });
    expect(await ask({ kind: 'rows-only' })).toMatchObject({ rowCount: 150_000, matchCount: 150_000, isEstimate: false });
    expect(await ask({ kind: 'rows-only' }, 149_999)).toMatchObject({ rows: [[149_999, 'word 39', 'x'.repeat(60)]], isEstimate: false });
  });

  it('of long lines, of which none ends where it is looked for, is read to its end', async () => {
    const path = await fileWith('wide.csv', `${'a'.repeat(300_000)},b\n${'1,2\n'.repeat(2_200_000)}`);
    expect(await show(path, { about: { kind: 'rows-only' } })).toMatchObject({ rowCount: 2_200_000, isEstimate: false });
  });

  it('that is empty says so', async () => {
    expect(await show(await fileWith('empty.csv', ''))).toEqual({ kind: 'unavailable', message: 'The file is empty: it has no columns and no rows.' });
    expect(await showTable(await fileWith('head.csv', 'a,b\n'))).toMatchObject({ rowCount: 0, columns: [{ name: 'a' }, { name: 'b' }], rows: [] });
  });

  it('without columns says so', async () => {
    // What pandas writes of a frame without columns: a Parquet file whose schema is a root alone.
    const bytes = Buffer.from('UEFSMRUEGRw1ABgGc2NoZW1hFQAAFgAZDAAoAmhpAAAbAAAAUEFSMQ==', 'base64');
    expect(await show(await fileWith('none.parquet', bytes))).toMatchObject({ kind: 'unavailable' });
  });

  it('of very many columns gives the first, and others by their name', async () => {
    const names = Array.from({ length: 5000 }, (_, index) => `c${index}`);
    const path = await fileWith('wide.csv', `${names.join(',')}\n${names.map((_, index) => index).join(',')}\n`);
    const first = await show(path, { about: { kind: 'rows-only' } });
    expect(first).toMatchObject({ kind: 'table', columnCount: 5000 });
    expect(first.kind === 'table' && first.columns.length).toBe(500);
    expect(await show(path, { table: { columnsLike: 'c4999' }, about: { kind: 'rows-only' } })).toMatchObject({ columns: [{ name: 'c4999' }], rows: [[4999]] });
  });

  it('shows the beginning of a cell of a megabyte, and how long it is', async () => {
    const path = await fileWith('long.csv', `a,b\n${'x'.repeat(1_000_000)},1\n${'y'.repeat(5_000_000)},2\n`);
    const rows = await showRows(path);
    expect(rows.map((row) => row[1])).toEqual([1, 2]);
    expect(rows.map((row) => String(row[0]).slice(-22))).toEqual(['x… (1000000 characters)', 'y… (5000000 characters)'].map((text) => text.slice(-22)));
    expect(JSON.stringify(rows).length).toBeLessThan(3000);
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

describe('the rows of a table', () => {
  const people =
    "select * from (values (1, 'Ann', 3.5, date '2024-01-01', true), (2, 'bob', null, date '2024-02-01', false), (3, null, 1.5, date '2024-03-01', null), (4, 'Anna', 2.5, date '2024-04-01', true)) t(id, name, score, day, ok)";
  async function peopleFile(format: 'parquet' | 'csv'): Promise<string> {
    const path = join(await tempFolder(), `people.${format}`);
    await sql(`copy (${people}) to '${path}'`);
    return path;
  }

  it.each(['parquet', 'csv'] as const)('are sorted and narrowed by each kind of column, from %s', async (format) => {
    const path = await peopleFile(format);
    const ids = async (table: Partial<TableView>) => (await showRows(path, { table })).map(([id]) => id);
    expect(await ids({ sort: { column: 'score', isDescending: false } })).toEqual([3, 4, 1, 2]);
    expect(await ids({ sort: { column: 'score', isDescending: true } })).toEqual([1, 4, 3, 2]);
    expect(await ids({ filters: [{ op: 'between', column: 'score', from: 2, to: 3.5 }] })).toEqual([1, 4]);
    expect(await ids({ filters: [{ op: 'between', column: 'day', from: '2024-02-01', to: '2024-03-01' }] })).toEqual([2, 3]);
    expect(await ids({ filters: [{ op: 'is', column: 'name', values: ['bob', "it's"] }] })).toEqual([2]);
    expect(await ids({ filters: [{ op: 'is', column: 'score', values: ['1.50'] }] })).toEqual([3]);
    expect(await ids({ filters: [{ op: 'is', column: 'ok', values: ['true'] }] })).toEqual([1, 4]);
    expect(await ids({ filters: [{ op: 'contains', column: 'name', text: 'ann' }] })).toEqual([1, 4]);
    expect(await ids({ filters: [{ op: 'missing', column: 'name', isMissing: true }] })).toEqual([3]);
    expect(await ids({ search: 'B' })).toEqual([2]);
    expect(await ids({ search: "%'", filters: [] })).toEqual([]);
    const both: Partial<TableView> = {
      search: 'an',
      filters: [{ op: 'missing', column: 'score', isMissing: false }],
      sort: { column: 'id', isDescending: true },
    };
    expect(await ids(both)).toEqual([4, 1]);
    expect(await show(path, { table: both })).toMatchObject({ rowCount: 4, matchCount: 2 });
  });

  it('of one value keep their order, so that no page repeats another', async () => {
    const path = join(await tempFolder(), 'even.parquet');
    await sql(`copy (select i as id, i % 2 as even from range(5000) t(i)) to '${path}'`);
    const table = { sort: { column: 'even', isDescending: false } };
    const pages = await Promise.all([0, 1000, 2000, 3000, 4000].map(async (offset) => await showRows(path, { table, offset, limit: 1000 })));
    expect(new Set(pages.flat().map(([id]) => id)).size).toBe(5000);
  });

  it('of a column that is not there are not shown', async () => {
    const sorted = await show(await peopleFile('parquet'), { table: { sort: { column: 'gone', isDescending: false } } });
    expect(sorted).toEqual({ kind: 'unavailable', message: 'The table cannot be shown: there is no column gone.' });
  });

  it('come without what their columns hold where that is asked for later', async () => {
    const path = await peopleFile('parquet');
    const rows = await show(path, { about: { kind: 'rows-only' } });
    expect(rows.kind === 'table' && rows.columns[0]).toEqual({ name: 'id', type: 'INTEGER', kind: 'number' });
    expect(await show(path, { about: { kind: 'profile' } })).toMatchObject({
      kind: 'profile',
      rowCount: 4,
      sampledRows: null,
      columns: [{ name: 'id' }, { missing: 1 }, { median: 2.5, quarter: expect.any(Number), deviation: 1, zeros: 0 }, {}, {}],
    });
    expect(await show(path, { about: { kind: 'relations', column: 'id' } })).toMatchObject({
      columns: [{ name: 'score', correlation: expect.closeTo(-0.65, 1) }],
    });
  });

  it('are drawn by every kind of chart', async () => {
    // A name with a word of SQL in it.
    const path = join(await tempFolder(), 'data where it is.parquet');
    await sql(
      `copy (select i::double as n, 2 * i + 1 as m, case when i % 3 = 0 then 'a' else 'b' end as word, timestamp '2024-01-01' + to_days(i::integer) as day from range(5000) t(i)) to '${path}'`,
    );
    const draw = async (chart: Omit<Extract<AboutTable, { kind: 'chart' }>['chart'], 'bins' | 'measure'> & { measure?: 'mean' }): Promise<TableChartData> => {
      const drawn = await show(path, { about: { kind: 'chart', chart: { bins: 10, measure: 'count', ...chart } } });
      if (drawn.kind !== 'chart') throw new Error(JSON.stringify(drawn));
      return drawn;
    };
    const histogram = await draw({ type: 'histogram', x: 'n', by: 'word' });
    expect(histogram.points).toHaveLength(20);
    expect(histogram.points.reduce((sum, { count }) => sum + Number(count), 0)).toBe(5000);
    expect((await draw({ type: 'bar', x: 'word' })).points).toEqual([
      { x: 'b', value: 3333 },
      { x: 'a', value: 1667 },
    ]);
    expect((await draw({ type: 'bar', x: 'word', y: 'm', measure: 'mean' })).points).toMatchObject([{ x: 'b' }, { x: 'a', value: 4999 }]);
    const line = await draw({ type: 'line', x: 'day', y: 'm', measure: 'mean' });
    expect(line).toMatchObject({ remark: '200 intervals of equal width' });
    expect(line.points).toHaveLength(200);
    const scatter = await draw({ type: 'scatter', x: 'n', y: 'm' });
    expect(scatter).toMatchObject({
      drawnRows: 5000,
      remark: 'a sample of 2000 points',
      trend: { slope: expect.closeTo(2), intercept: expect.closeTo(1), r2: expect.closeTo(1) },
    });
    expect(scatter.points).toHaveLength(2000);
    expect((await draw({ type: 'box', x: 'word', y: 'n' })).points).toMatchObject([
      { x: 'a', low: 0, median: 2499, high: 4998 },
      { x: 'b', count: 3333 },
    ]);
    expect((await draw({ type: 'box', y: 'n' })).points).toMatchObject([{ x: '', low: 0, median: 2499.5, high: 4999, count: 5000 }]);
    expect(await show(path, { about: { kind: 'chart', chart: { type: 'scatter', x: 'n', y: 'word', bins: 10, measure: 'count' } } })).toMatchObject({
      kind: 'unavailable',
      message: 'The table cannot be shown: this chart needs numbers for Y.',
    });
  });
});

describe('other files', () => {
  it.each([
    ['a.md', '# Title', { kind: 'text', language: 'markdown', text: '# Title', isTruncated: false, end: 7, sizeBytes: 7 }],
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
    expect(Buffer.byteLength(preview.text)).toBe(preview.end);
  });

  it('shows a long text by pieces that begin with a line, to its end', async () => {
    const lines = Array.from({ length: 60_000 }, (_, index) => `line ${index} is ünlike the others`).join('\n');
    const path = await fileWith('long.txt', lines);
    let [text, offset, pieces] = ['', 0, 0];
    for (;;) {
      const piece = await show(path, { offset });
      if (piece.kind !== 'text') throw new Error(piece.kind);
      text += piece.text;
      offset = piece.end;
      pieces += 1;
      if (!piece.isTruncated) break;
      expect(piece.text.endsWith('\n')).toBe(true);
    }
    expect(text).toBe(lines);
    expect(pieces).toBeGreaterThan(3);
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
      facts: [{ name: 'Loaded by', value: 'mlflow.sklearn' }],
      files: [{ path: 'MLmodel' }, {}, {}],
    });
    await writeFile(join(folder, 'MLmodel'), ': not yaml: [');
    expect(await show(folder)).toMatchObject({ kind: 'model', flavors: [], signature: null });
    expect((await stat(folder)).isDirectory()).toBe(true);
  });
});
