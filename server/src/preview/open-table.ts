import type { DuckDBConnection } from '@duckdb/node-api';
import { kindOf, toText, type Column } from './column.ts';
import type { TableReading } from './table-query.ts';

/** A table as it can be asked. */
export interface OpenTable {
  /** SQL that stands after FROM. */
  readonly from: string;
  /** SQL by which rows of the same value keep their order. */
  readonly order: string;
  readonly columns: readonly Column[];
  readonly rowCount: number;
  readonly remark: string | null;
}

/** A page is drawn with all of its columns; more than these nobody looks through at once. */
export const mostColumns = 500;
/** A copy spills to the disk, where there is room for so many. */
const mostCopies = 3;

/** What one database knows of tables, for as long as their bytes stay the same. */
export class OpenTables {
  readonly #connect: () => Promise<DuckDBConnection>;
  readonly #described = new Map<string, Opening>();
  readonly #copies = new Map<string, Opening>();
  #nextCopy = 1;

  constructor(connect: () => Promise<DuckDBConnection>) {
    this.#connect = connect;
  }

  /** Its columns and how many rows it has; the rows stay where they are. */
  async describe(reading: TableReading, version: string, signal: AbortSignal): Promise<OpenTable> {
    return await remembered(this.#described, { key: `${version} ${reading.sql}`, signal }, async (stop) => {
      return await this.#use(stop, async (connection) => await describe(connection, reading));
    });
  }

  /** The same with rows that can be read from anywhere at once: text is read once and kept as a table. */
  async seekable(reading: TableReading, version: string, signal: AbortSignal): Promise<OpenTable> {
    if (reading.order !== null) return await this.describe(reading, version, signal);
    const copy = await remembered(this.#copies, { key: `${version} ${reading.sql}`, signal }, async (stop) => {
      const from = `copy${this.#nextCopy++}`;
      return await this.#use(stop, async (connection) => {
        await connection.run(`create table ${from} as select * from ${reading.sql}`);
        return { ...(await describe(connection, { ...reading, sql: from })), order: 'rowid' };
      });
    });
    await this.#forgetOldest();
    return copy;
  }

  async #forgetOldest(): Promise<void> {
    const [oldest] = this.#copies;
    if (!oldest || this.#copies.size <= mostCopies) return;
    const [key, { made }] = oldest;
    this.#copies.delete(key);
    const copy = await made.catch(() => null);
    if (copy) await this.#use(new AbortController().signal, async (connection) => void (await connection.run(`drop table if exists ${copy.from}`)));
  }

  /** On a connection of its own: whoever asked first may give up, and another waits for the same. */
  async #use<T>(stop: AbortSignal, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection = await this.#connect();
    try {
      return await interruptible(connection, stop, work);
    } finally {
      connection.closeSync();
    }
  }
}

/** Stops what a connection works on when nobody waits for it any more. */
export async function interruptible<T>(connection: DuckDBConnection, signal: AbortSignal, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const interrupt = (): void => connection.interrupt();
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    return await work(connection);
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
}

/** A table that is being opened, or is open, with how many wait for that. */
interface Opening {
  readonly made: Promise<OpenTable>;
  readonly stop: AbortController;
  waiting: number;
}

async function describe(connection: DuckDBConnection, { sql, order, remark }: TableReading): Promise<OpenTable> {
  const described = await (await connection.run(`describe select * from ${sql}`)).getRowObjectsJson();
  const columns = described.map((row): Column => {
    const type = toText(row['column_type']);
    return { name: toText(row['column_name']), type, kind: kindOf(type) };
  });
  const [counted] = await (await connection.run(`select count(*) from ${sql}`)).getRowsJson();
  return { from: sql, order: order ?? '', columns, rowCount: Number(counted?.[0] ?? 0), remark };
}

/** Opened once for all who want it, and stopped when all of them have given up. What fails is tried anew the next time. */
async function remembered(
  known: Map<string, Opening>,
  { key, signal }: { readonly key: string; readonly signal: AbortSignal },
  open: (stop: AbortSignal) => Promise<OpenTable>,
): Promise<OpenTable> {
  const found = known.get(key);
  const stop = found?.stop ?? new AbortController();
  const opening = found ?? { made: open(stop.signal), stop, waiting: 0 };
  // The one that was used last is the last to go.
  known.delete(key);
  known.set(key, opening);
  opening.waiting += 1;
  const leave = (): void => {
    opening.waiting -= 1;
    if (opening.waiting > 0) return;
    opening.stop.abort();
    if (known.get(key) === opening) known.delete(key);
  };
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await opening.made;
  } catch (error) {
    if (known.get(key) === opening) known.delete(key);
    throw error;
  } finally {
    signal.removeEventListener('abort', leave);
    if (!signal.aborted) opening.waiting -= 1;
  }
}
