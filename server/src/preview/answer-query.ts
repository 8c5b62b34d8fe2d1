import type { DuckDBConnection } from '@duckdb/node-api';
import type { PreviewAnswer, PreviewColumn, TableProfile } from '@pipewright/shared/http/preview.ts';
import { chartTable } from './chart-table.ts';
import { mostColumns, type OpenTable, type OpenTables } from './open-table.ts';
import { profileColumns } from './profile-table.ts';
import { isFromTheTop, readRows, shownColumns } from './read-rows.ts';
import { relateColumns } from './relate-columns.ts';
import type { TableQuery, TableReading } from './table-query.ts';

/** A table of more rows than these is profiled by a sample. */
const wholeUpTo = 20_000_000;
const sampleSize = 2_000_000;
const mostProfiles = 50;
const longText = 8 * 1024 * 1024;

/** What is known of tables while one database lives: the profile is the dear part, and turning pages asks for it again and again. */
export interface KnownTables {
  readonly tables: OpenTables;
  readonly profiles: Map<string, readonly PreviewColumn[]>;
}

/** A query of a table by one of its readings. */
interface Asked extends Omit<TableQuery, 'id' | 'readings'> {
  readonly reading: TableReading;
  readonly signal: AbortSignal;
}

/** It throws what DuckDB throws when that is not how the table can be read. */
export async function answerQuery(
  known: KnownTables,
  connection: DuckDBConnection,
  { ask, reading, version, sizeBytes, signal }: Asked,
): Promise<PreviewAnswer> {
  const { tables } = known;
  const seekable = async (): Promise<OpenTable> => await tables.seekable(reading, version, signal);
  const profileOf = async (table: OpenTable, columnsLike: string | undefined): Promise<readonly PreviewColumn[]> => {
    const columns = shownColumns(table, columnsLike);
    return await remembered(
      known.profiles,
      `${version} ${reading.sql} ${columnsLike ?? ''}`,
      async () => await profileColumns(connection, profiledRows(table), columns),
    );
  };
  switch (ask.kind) {
    case 'rows': {
      // The first rows of a long text are there at once; for all else it is read whole.
      const isQuick = sizeBytes > longText && isFromTheTop(ask) && !ask.hasProfile;
      const table = isQuick ? await tables.describe(reading, version, signal) : await seekable();
      return await readRows(connection, table, { ...ask, profiled: ask.hasProfile ? await profileOf(table, ask.view.columnsLike) : null });
    }
    case 'profile': {
      const table = await seekable();
      return toProfile(table, await profileOf(table, ask.columnsLike));
    }
    case 'relations': {
      const table = await seekable();
      return await relateColumns(connection, { from: profiledRows(table), columns: table.columns.slice(0, mostColumns), name: ask.column });
    }
    case 'chart':
      return await chartTable(connection, await seekable(), ask);
  }
}

type Profiles = KnownTables['profiles'];

async function remembered(profiles: Profiles, key: string, make: () => Promise<PreviewColumn[]>): Promise<readonly PreviewColumn[]> {
  const known = profiles.get(key);
  if (known) return known;
  const made = await make();
  const [oldest] = profiles.keys();
  if (profiles.size >= mostProfiles && oldest !== undefined) profiles.delete(oldest);
  profiles.set(key, made);
  return made;
}

const isSampled = ({ rowCount }: OpenTable): boolean => rowCount > wholeUpTo;

function profiledRows(table: OpenTable): string {
  return isSampled(table) ? `(select * from ${table.from} tablesample system(${(sampleSize / table.rowCount) * 100}%))` : table.from;
}

const toProfile = (table: OpenTable, columns: readonly PreviewColumn[]): TableProfile => ({
  kind: 'profile',
  rowCount: table.rowCount,
  sampledRows: isSampled(table) ? sampleSize : null,
  columns: [...columns],
});
