// Reads tables with DuckDB in a process of its own: its memory is bounded, and a crash on a broken file is not the server's.
import { createInterface } from 'node:readline';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { Preview, PreviewColumn } from '@pipewright/shared/http/preview.ts';
import type { TableQuery } from './table-query.ts';

type Table = Extract<Preview, { kind: 'table' }>;
type Cell = string | number | boolean | null;

const bins = 12;
const mostColumns = 500;

process.on('SIGINT', () => undefined);
const database = await DuckDBInstance.create(':memory:', { memory_limit: '512MB', threads: '2' });
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  // Written by the server of the same release, in this very form.
  const query = JSON.parse(line) as TableQuery;
  void answer(query).then((reply) => process.stdout.write(`${JSON.stringify({ id: query.id, ...reply })}\n`));
});
lines.on('close', () => process.exit(0));

async function answer(query: TableQuery): Promise<{ table: Table } | { error: string }> {
  const connection = await database.connect();
  try {
    return { table: await readTable(connection, query) };
  } catch (error) {
    return { error: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
  } finally {
    connection.closeSync();
  }
}

async function readTable(connection: DuckDBConnection, { source, offset, limit }: TableQuery): Promise<Table> {
  await connection.run(`create temp view shown as select * from ${source}`);
  const described = (await (await connection.run('describe shown')).getRowObjectsJson()).slice(0, mostColumns);
  const names = described.map((row) => ({ name: toText(row['column_name']), type: toText(row['column_type']) }));
  const page = await connection.run(
    `select ${names.map(({ name, type }) => `${shown(name, type)} as ${quote(name)}`).join(', ')} from shown limit ${limit} offset ${offset}`,
  );
  const rows = (await page.getRowsJson()).map((row) => row.map(toCell));
  const rowCount = Number((await (await connection.run('select count(*) as n from shown')).getRowObjectsJson())[0]?.['n'] ?? 0);
  const columns: PreviewColumn[] = [];
  for (const column of names) columns.push(await profile(connection, column, rowCount));
  await connection.run('drop view shown');
  return { kind: 'table', rowCount, columns, offset, rows };
}

async function profile(connection: DuckDBConnection, { name, type }: { name: string; type: string }, rowCount: number): Promise<PreviewColumn> {
  const kind = kindOf(type);
  const column = quote(name);
  const isOrdered = kind !== 'other';
  const parts = [
    `count(*) - count(${column}) as missing`,
    isOrdered ? `approx_count_distinct(${column}) as "distinct"` : 'null as "distinct"',
    isOrdered ? `min(${column})::varchar as low, max(${column})::varchar as high` : 'null as low, null as high',
    kind === 'number' ? `avg(${column}::double) as mean` : 'null as mean',
  ];
  const [facts = {}] = await (await connection.run(`select ${parts.join(', ')} from shown`)).getRowObjectsJson();
  const bound = (value: unknown): Cell => (kind === 'number' ? toNumber(value) : toCell(value));
  return {
    name,
    type,
    kind,
    missing: Number(facts['missing'] ?? 0),
    distinct: facts['distinct'] === null || facts['distinct'] === undefined ? null : Number(facts['distinct']),
    min: bound(facts['low']),
    max: bound(facts['high']),
    mean: toNumber(facts['mean']),
    histogram: rowCount === 0 ? [] : await histogramOf(connection, { column, kind, low: toNumber(facts['low']), high: toNumber(facts['high']) }),
  };
}

interface Range {
  readonly column: string;
  readonly kind: PreviewColumn['kind'];
  readonly low: number | null;
  readonly high: number | null;
}

async function histogramOf(connection: DuckDBConnection, { column, kind, low, high }: Range): Promise<PreviewColumn['histogram']> {
  if (kind === 'other') return [];
  if (kind !== 'number') {
    const rows = await connection.run(
      `select ${column}::varchar as label, count(*) as n from shown where ${column} is not null group by 1 order by 2 desc, 1 limit ${bins}`,
    );
    return (await rows.getRowObjectsJson()).map((row) => ({ label: toText(row['label']), count: Number(row['n']) }));
  }
  if (low === null || high === null) return [];
  const width = (high - low) / bins || 1;
  const bin = `least(${bins - 1}, floor((${column}::double - ${low}) / ${width}))::integer`;
  const rows = await connection.run(`select ${bin} as bin, count(*) as n from shown where isfinite(${column}::double) group by 1`);
  const counts = new Map((await rows.getRowObjectsJson()).map((row) => [Number(row['bin']), Number(row['n'])]));
  const used = high === low ? 1 : bins;
  return Array.from({ length: used }, (_, index) => ({ label: String(Number((low + index * width).toPrecision(6))), count: counts.get(index) ?? 0 }));
}

function kindOf(type: string): PreviewColumn['kind'] {
  if (/^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT|UHUGEINT|FLOAT|DOUBLE|DECIMAL.*)$/.test(type)) return 'number';
  if (type === 'VARCHAR' || type.startsWith('ENUM')) return 'text';
  if (type === 'BOOLEAN') return 'boolean';
  if (/^(DATE|TIME|TIMESTAMP)/.test(type)) return 'time';
  return 'other';
}

/** Nested and binary values as text, so that a cell is always one of four plain kinds. */
const shown = (name: string, type: string): string => (['other', 'time'].includes(kindOf(type)) ? `${quote(name)}::varchar` : quote(name));
const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function toNumber(value: unknown): number | null {
  if (value === null || value === undefined) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}
