import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from '../migrations/index.ts';
import { UnusableStoreError, type Store } from '../store.ts';
import { NodeSqliteDialect } from './node-sqlite-dialect.ts';
import { SqliteAssets } from './sqlite-assets.ts';
import { SqliteComments } from './sqlite-comments.ts';
import { SqliteDrafts } from './sqlite-drafts.ts';
import { SqliteExperiments } from './sqlite-experiments.ts';
import { SqliteLoggedModels } from './sqlite-logged-models.ts';
import { SqliteModelNotes } from './sqlite-model-notes.ts';
import { SqliteOutputs } from './sqlite-outputs.ts';
import { SqlitePipelines } from './sqlite-pipelines.ts';
import { SqliteRegistry } from './sqlite-registry.ts';
import { SqliteRetention } from './sqlite-retention.ts';
import { SqliteReuse } from './sqlite-reuse.ts';
import { SqliteRuns } from './sqlite-runs.ts';
import { SqliteSettings } from './sqlite-settings.ts';
import { SqliteTracking } from './sqlite-tracking.ts';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables>;

/** A writer, used by one transaction at a time, and a reader that never waits for it. */
export interface Connections {
  readonly write: Db;
  readonly read: Db;
  /** What a person was told is saved must survive a loss of power: the disk is awaited. */
  durably<T>(work: (db: Db) => Promise<T>): Promise<T>;
}

/**
 * Opens or makes the database file and brings it up to date. Throws what SQLite says of a file it cannot use. `onFull` is
 * told when the disk would not take a write.
 */
export async function openSqliteStore(file: string, onFull?: () => void): Promise<Store> {
  const writer = connect(file);
  const write = new Kysely<Tables>({ dialect: new NodeSqliteDialect(writer, onFull) });
  try {
    await bringUpToDate(write, file);
  } catch (error) {
    await write.destroy();
    throw error;
  }
  const read = new Kysely<Tables>({ dialect: new NodeSqliteDialect(connect(file)) });
  const connections: Connections = { write, read, durably: (work) => withFullSync(write, writer, work) };
  const registry = new SqliteRegistry(connections);
  return {
    runs: new SqliteRuns(connections),
    outputs: new SqliteOutputs(connections),
    reuse: new SqliteReuse(connections),
    drafts: new SqliteDrafts(connections),
    comments: new SqliteComments(connections),
    pipelines: new SqlitePipelines(connections),
    registry,
    assets: new SqliteAssets(connections, () => registry.forget()),
    experiments: new SqliteExperiments(connections),
    tracking: new SqliteTracking(connections),
    loggedModels: new SqliteLoggedModels(connections),
    modelNotes: new SqliteModelNotes(connections),
    settings: new SqliteSettings(connections),
    retention: new SqliteRetention(connections),
    [Symbol.asyncDispose]: async () => {
      await read.destroy();
      await write.destroy();
    },
  };
}

async function bringUpToDate(db: Db, file: string): Promise<void> {
  // Parts that were built side by side have numbered theirs in another order than that in which they came to be.
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) }, allowUnorderedMigrations: true });
  const { rows: log } = await sql`select name from sqlite_master where name = 'kysely_migration'`.execute(db);
  const done = log.length === 0 ? [] : (await sql<{ name: string }>`select name from kysely_migration`.execute(db)).rows;
  const unknown = done.find(({ name }) => !Object.hasOwn(migrations, name));
  if (unknown) {
    throw new UnusableStoreError(
      `The database ${file} was written by a newer version of Pipewright (${unknown.name}). Start that version, or choose another data folder with --home.`,
    );
  }
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

function connect(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5000 });
  database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; pragma temp_store = memory');
  // Sixteen megabytes of log before it is written into the database: a large run writes the same pages again and again.
  database.exec('pragma wal_autocheckpoint = 4000');
  return database;
}

async function withFullSync<T>(write: Db, writer: DatabaseSync, work: (db: Db) => Promise<T>): Promise<T> {
  return await write.connection().execute(async (connection) => {
    writer.exec('pragma synchronous = full');
    try {
      return await connection.transaction().execute(async (transaction) => await work(transaction));
    } finally {
      writer.exec('pragma synchronous = normal');
    }
  });
}
