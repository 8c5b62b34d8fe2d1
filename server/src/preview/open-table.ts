import type { DuckDBConnection } from '@duckdb/node-api';
import { kindOf, toText, type Column } from './column.ts';
import { estimateRows } from './estimate-rows.ts';
import { countRows } from './number-of.ts';
import type { TableReading } from './table-query.ts';

/** A table as it can be asked. */
export interface OpenTable {
  /** SQL that stands after FROM. */
  readonly from: string;
  /** SQL by which rows of the same value keep their order. */
  readonly order: string;
  readonly columns: readonly Column[];
  readonly rowCount: number;
  /** That many, about. */
  readonly isEstimate: boolean;
  readonly remark: string | null;
}

/** A page is drawn with all of its columns; more than these nobody looks through at once. */
export const mostColumns = 500;
/** A copy spills to the disk, where there is room for so many. */
const mostCopies = 3;

interface Wanted {
  readonly reading: TableReading;
  /** Of the bytes that it reads. */
  readonly version: string;
  readonly signal: AbortSignal;
}

/** What one database knows of tables, for as long as their bytes stay the same. */
export class OpenTables {
  readonly #connect: () => Promise<DuckDBConnection>;
  readonly #described = new Map<string, Opening>();
  readonly #glanced = new Map<string, Opening>();
  readonly #copies = new Map<string, Opening>();
  /** How many work with a copy, or wait for it. */
  readonly #users = new Map<string, number>();
  #nextCopy = 1;

  constructor(connect: () => Promise<DuckDBConnection>) {
    this.#connect = connect;
  }

  /** Its columns and how many rows it has; the rows stay where they are. */
  async describe({ reading, version, signal }: Wanted): Promise<OpenTable> {
    return await remembered(this.#described, { key: keyOf({ reading, version }), signal }, async (stop) => {
      return await this.#use(stop, async (connection) => await describe(connection, reading));
    });
  }

  /** The same of a long text, without reading it to its end where its lines tell about how many rows there are. */
  async glance(wanted: Wanted): Promise<OpenTable> {
    const { reading, version, signal } = wanted;
    const rowCount = reading.lines === null ? null : await estimateRows(reading.lines);
    if (rowCount === null) return await this.describe(wanted);
    return await remembered(this.#glanced, { key: keyOf({ reading, version }), signal }, async (stop) => {
      return await this.#use(stop, async (connection) => {
        const columns = await columnsOf(connection, reading.sql);
        return { from: reading.sql, order: '', columns, rowCount, isEstimate: true, remark: reading.remark };
      });
    });
  }

  /** There is a copy of it already, or will be soon. */
  hasCopy({ reading, version }: Omit<Wanted, 'signal'>): boolean {
    return this.#copies.has(keyOf({ reading, version }));
  }

  /** The same with rows that can be read from anywhere at once: text is read once and kept as a table, at least until the work with it is done. */
  async withSeekable<T>({ reading, version, signal }: Wanted, work: (table: OpenTable) => Promise<T>): Promise<T> {
    if (reading.order !== null) return await work(await this.describe({ reading, version, signal }));
    const key = keyOf({ reading, version });
    this.#users.set(key, (this.#users.get(key) ?? 0) + 1);
    try {
      return await work(await remembered(this.#copies, { key, signal }, async (stop) => await this.#copy(reading, stop)));
    } finally {
      const users = (this.#users.get(key) ?? 1) - 1;
      if (users > 0) this.#users.set(key, users);
      else this.#users.delete(key);
      await this.#forgetOldest();
    }
  }

  async #copy(reading: TableReading, stop: AbortSignal): Promise<OpenTable> {
    const from = `copy${this.#nextCopy++}`;
    return await this.#use(stop, async (connection) => {
      await connection.run(`create table ${from} as select * from ${reading.sql}`);
      return { ...(await describe(connection, { ...reading, sql: from })), order: 'rowid' };
    });
  }

  /** Of those that nobody works with. */
  async #forgetOldest(): Promise<void> {
    const oldest = [...this.#copies].find(([key]) => !this.#users.has(key));
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

const keyOf = ({ reading, version }: Omit<Wanted, 'signal'>): string => `${version} ${reading.sql}`;

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
  const columns = await columnsOf(connection, sql);
  return { from: sql, order: order ?? '', columns, rowCount: await countRows(connection, sql), isEstimate: false, remark };
}

async function columnsOf(connection: DuckDBConnection, sql: string): Promise<Column[]> {
  const described = await (await connection.run(`describe select * from ${sql}`)).getRowObjectsJson();
  return described.map((row): Column => {
    const type = toText(row['column_type']);
    return { name: toText(row['column_name']), type, kind: kindOf(type) };
  });
}

/**
 * Opened once for all who want it, and stopped when all of them have given up: who gives up before the others goes at
 * once, the last one waits until it has stopped. What fails is tried anew the next time.
 */
async function remembered(
  known: Map<string, Opening>,
  { key, signal }: { readonly key: string; readonly signal: AbortSignal },
  open: (stop: AbortSignal) => Promise<OpenTable>,
): Promise<OpenTable> {
  signal.throwIfAborted();
  const opening = known.get(key) ?? begin(open);
  const forget = (): void => {
    if (known.get(key) === opening) known.delete(key);
  };
  // The one that was used last is the last to go.
  known.delete(key);
  known.set(key, opening);
  opening.waiting += 1;
  const { promise: gone, reject } = Promise.withResolvers<never>();
  const leave = (): void => {
    opening.waiting -= 1;
    if (opening.waiting > 0) return reject(new Error('INTERRUPT Error: others wait for it'));
    opening.stop.abort();
    forget();
  };
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([opening.made, gone]);
  } catch (error) {
    if (!signal.aborted) forget();
    throw error;
  } finally {
    signal.removeEventListener('abort', leave);
    if (!signal.aborted) opening.waiting -= 1;
  }
}

function begin(open: (stop: AbortSignal) => Promise<OpenTable>): Opening {
  const stop = new AbortController();
  return { made: open(stop.signal), stop, waiting: 0 };
}
