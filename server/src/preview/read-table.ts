import type { DuckDBConnection } from '@duckdb/node-api';
import type { Preview } from '@pipewright/shared/http/preview.ts';
import { kindOf, quote, toCell, toText, type Column } from './column.ts';
import { profileTable, type TableProfile } from './profile-table.ts';
import type { TableQuery } from './table-query.ts';

export type Table = Extract<Preview, { kind: 'table' }>;

/** A page is drawn with all of its columns; more than these nobody looks through. */
const mostColumns = 500;
const mostProfiles = 50;

/** The profile is the dear part: turning pages asks for the same one again and again. */
const profiles = new Map<string, TableProfile>();

export async function readTable(connection: DuckDBConnection, { source, version, offset, limit }: TableQuery): Promise<Table> {
  await connection.run(`create temp view shown as select * from ${source}`);
  const described = (await (await connection.run('describe shown')).getRowObjectsJson()).slice(0, mostColumns);
  const columns = described.map((row): Column => {
    const type = toText(row['column_type']);
    return { name: toText(row['column_name']), type, kind: kindOf(type) };
  });
  const page = await connection.run(`select ${columns.map(shownAs).join(', ')} from shown limit ${limit} offset ${offset}`);
  const rows = (await page.getRowsJson()).map((row) => row.map((value, index) => toCell(value, columns[index]?.kind)));
  const { rowCount, columns: profiled } = await profileOf(connection, columns, `${version} ${source}`);
  return { kind: 'table', rowCount, columns: [...profiled], offset, rows };
}

async function profileOf(connection: DuckDBConnection, columns: readonly Column[], key: string): Promise<TableProfile> {
  const known = profiles.get(key);
  if (known) return known;
  const profile = await profileTable(connection, columns);
  const [oldest] = profiles.keys();
  if (profiles.size >= mostProfiles && oldest !== undefined) profiles.delete(oldest);
  profiles.set(key, profile);
  return profile;
}

/** Times, nested and binary values as text, so that a cell is always one of four plain kinds. */
function shownAs({ name, kind }: Column): string {
  return kind === 'other' || kind === 'time' ? `${quote(name)}::varchar as ${quote(name)}` : quote(name);
}
