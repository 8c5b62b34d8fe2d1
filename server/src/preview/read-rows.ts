import type { DuckDBConnection } from '@duckdb/node-api';
import type { Preview, PreviewColumn } from '@pipewright/shared/http/preview.ts';
import type { TableView } from '@pipewright/shared/http/table-view.ts';
import { quote, toCell, type Column } from './column.ts';
import { countRows } from './number-of.ts';
import { mostColumns, type OpenTable } from './open-table.ts';
import { rowsWhere } from './rows-where.ts';

export type TableRows = Extract<Preview, { kind: 'table' }>;

/** A cell shows this much of a long text, and how long it is. */
const longestCell = 1000;

interface RowsAsked {
  readonly view: TableView;
  readonly offset: number;
  readonly limit: number;
  /** What the columns hold, where that is asked for too. */
  readonly profiled?: readonly PreviewColumn[] | null;
}

/** The columns that are given of a table: all, the first of very many, or those whose name fits. */
export function shownColumns({ columns }: OpenTable, columnsLike = ''): readonly Column[] {
  const wanted = columnsLike.trim().toLowerCase();
  return columns.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, mostColumns);
}

/** Whether rows are asked for as they stand, from the first on. */
export const isFromTheTop = ({ view, offset }: RowsAsked): boolean =>
  offset === 0 && view.sort === undefined && view.filters.length === 0 && (view.search ?? '').trim() === '';

export async function readRows(connection: DuckDBConnection, table: OpenTable, { view, offset, limit, profiled }: RowsAsked): Promise<TableRows> {
  const columns = shownColumns(table, view.columnsLike);
  const where = rowsWhere(view, table.columns, columns);
  const matchCount = where === '' ? table.rowCount : await countRows(connection, `${table.from} ${where}`);
  const rows = columns.length === 0 ? [] : await pageOf(connection, table, { columns, where, sort: view.sort, offset, limit });
  return {
    kind: 'table',
    rowCount: table.rowCount,
    isEstimate: table.isEstimate,
    matchCount,
    columns: columns.map((column) => profiled?.find(({ name }) => name === column.name) ?? column),
    columnCount: table.columns.length,
    offset,
    rows,
    remark: table.remark,
  };
}

interface Page {
  readonly columns: readonly Column[];
  readonly where: string;
  readonly sort: TableView['sort'];
  readonly offset: number;
  readonly limit: number;
}

async function pageOf(connection: DuckDBConnection, table: OpenTable, { columns, where, sort, offset, limit }: Page): Promise<TableRows['rows']> {
  if (sort && !table.columns.some(({ name }) => name === sort.column)) throw new Error(`there is no column ${sort.column}`);
  const keys = sort ? [`${quote(sort.column)} ${sort.isDescending ? 'desc' : 'asc'} nulls last`, ...(table.order === '' ? [] : [table.order])] : [];
  const order = keys.length === 0 ? '' : `order by ${keys.join(', ')}`;
  // Sorted first and cut afterwards: a long text is compared whole, and shown short.
  const inner = `select ${columns.map(({ name }) => quote(name)).join(', ')} from ${table.from} ${where} ${order} limit ${limit} offset ${offset}`;
  const page = await connection.run(`select ${columns.map(shownAs).join(', ')} from (${inner})`);
  return (await page.getRowsJson()).map((row) => row.map((value, index) => toCell(value, columns[index]?.kind)));
}

/** Times, nested and binary values as text, so that a cell is always one of four plain kinds. */
function shownAs({ name, kind, type }: Column): string {
  const column = quote(name);
  if (kind === 'number' || kind === 'boolean') return column;
  const text = type === 'VARCHAR' ? column : `${column}::varchar`;
  if (kind === 'time') return `${text} as ${column}`;
  const cut = `left(${text}, ${longestCell}) || '… (' || length(${text}) || ' characters)'`;
  return `case when length(${text}) > ${longestCell} then ${cut} else ${text} end as ${column}`;
}
