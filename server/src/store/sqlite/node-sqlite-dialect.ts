import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import { isDiskFull } from '../../storage-failure.ts';

/** Kysely over Node's own SQLite: one connection, handed to one user at a time; prepared statements are kept. */
export class NodeSqliteDialect implements Dialect {
  readonly #database: DatabaseSync;
  readonly #onFull: () => void;

  /** `onFull` may make room when the disk would not take a write: one that stands alone is then tried once more. */
  constructor(database: DatabaseSync, onFull: () => void = () => undefined) {
    this.#database = database;
    this.#onFull = onFull;
  }

  createDriver(): Driver {
    return new NodeSqliteDriver(this.#database, this.#onFull);
  }
  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler();
  }
  createAdapter(): SqliteAdapter {
    return new SqliteAdapter();
  }
  createIntrospector(...args: ConstructorParameters<typeof SqliteIntrospector>): SqliteIntrospector {
    return new SqliteIntrospector(...args);
  }
}

class NodeSqliteDriver implements Driver {
  readonly #connection: NodeSqliteConnection;
  readonly #database: DatabaseSync;
  #turn: Promise<void> = Promise.resolve();
  #endTurn: () => void = () => undefined;

  constructor(database: DatabaseSync, onFull: () => void) {
    this.#database = database;
    this.#connection = new NodeSqliteConnection(database, onFull);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#turn;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#turn = promise;
    await before;
    this.#endTurn = resolve;
    return this.#connection;
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A full disk makes SQLite roll back by itself; a second time would hide what went wrong.
    if (this.#database.isTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }
  async releaseConnection(): Promise<void> {
    this.#endTurn();
  }
  async destroy(): Promise<void> {
    this.#database.close();
  }
}

/** Lists of different lengths are different statements: more of them than this are not worth their memory. */
const mostStatements = 200;

class NodeSqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync;
  readonly #onFull: () => void;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, onFull: () => void) {
    this.#database = database;
    this.#onFull = onFull;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    // One that is part of a transaction fails with all of it: SQLite has rolled it back.
    const isAlone = !this.#database.isTransaction;
    try {
      return this.#execute(query);
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      this.#onFull();
      if (!isAlone) throw error;
      return this.#execute(query);
    }
  }

  #execute<R>({ sql, parameters }: CompiledQuery): QueryResult<R> {
    const statement = this.#prepare(sql);
    const values = parameters.map(toSqlValue);
    if (statement.columns().length > 0) {
      // The rows are what the query's own types say; the schema of the tables is checked by the contract test.
      return { rows: statement.all(...values) as R[] };
    }
    const { changes } = statement.run(...values);
    return { rows: [], numAffectedRows: BigInt(changes) };
  }

  /** Kysely asks for it; no query of ours streams. */
  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Internal error: expected no streaming query');
  }

  #prepare(sql: string): StatementSync {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    // The one that was used last stands last.
    this.#statements.delete(sql);
    this.#statements.set(sql, statement);
    const [oldest] = this.#statements.keys();
    if (this.#statements.size > mostStatements && oldest !== undefined) this.#statements.delete(oldest);
    return statement;
  }
}

function toSqlValue(value: unknown): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  throw new Error(`Internal error: expected a value that SQLite can hold, not ${typeof value}`);
}
