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

/** What DuckDB says where that is not how the table can be read; anything else that is thrown is about the question. */
export class NotOpened extends Error {}

export async function answerQuery(
  known: KnownTables,
  connection: DuckDBConnection,
  { ask, reading, version, sizeBytes, signal }: Asked,
): Promise<PreviewAnswer> {
  const { tables } = known;
  const wanted = { reading, version, signal };
  const profileOf = async (table: OpenTable, columnsLike: string | undefined): Promise<readonly PreviewColumn[]> => {
    const columns = shownColumns(table, columnsLike);
    return await remembered(
      known.profiles,
      `${version} ${reading.sql} ${columnsLike ?? ''}`,
      async () => await profileColumns(connection, profiledRows(table), columns),
    );
  };
  // The first rows of a long text are there at once; for all else it is read whole, once.
  const isQuick = ask.kind === 'rows' && reading.order === null && sizeBytes > longText && isFromTheTop(ask) && !ask.hasProfile && !tables.hasCopy(wanted);
  let isOpen = false;
  const work = async (table: OpenTable): Promise<PreviewAnswer> => {
    // What is read from the file itself may still not be how it can be read.
    isOpen = !isQuick;
    switch (ask.kind) {
      case 'rows':
        return await readRows(connection, table, { ...ask, profiled: ask.hasProfile ? await profileOf(table, ask.view.columnsLike) : null });
      case 'profile':
        return toProfile(table, await profileOf(table, ask.columnsLike));
      case 'relations':
        return await relateColumns(connection, { from: profiledRows(table), columns: table.columns.slice(0, mostColumns), name: ask.column });
      case 'chart':
        return await chartTable(connection, table, ask);
    }
  };
  try {
    return isQuick ? await work(await tables.glance(wanted)) : await tables.withSeekable(wanted, work);
  } catch (error) {
    throw isOpen ? error : new NotOpened(error instanceof Error ? error.message : String(error));
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
