// Reads tables with DuckDB in a process of its own: its memory is bounded, and a crash on a broken file is not the server's.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { PreviewAnswer } from '@pipewright/shared/http/preview.ts';
import { answerQuery, type KnownTables, NotOpened } from './answer-query.ts';
import { explainFailure, isFatal, isOutOfMemory } from './explain-failure.ts';
import { interruptible, OpenTables } from './open-table.ts';
import type { TableCancel, TableQuery, TableReading } from './table-query.ts';

// Ctrl-C reaches the whole terminal group; this process ends with its input.
process.on('SIGINT', () => undefined);
const spillFolder = mkdtempSync(join(tmpdir(), 'pipewright-tables-'));
process.on('exit', () => rmSync(spillFolder, { recursive: true, force: true }));

/** A database and what is known by it; one that a broken file has brought down is put aside with all of that. */
class Reading {
  readonly known: KnownTables = { tables: new OpenTables(async () => await this.connect()), profiles: new Map() };
  /** Of the ways to read a table the first that went well, so that its next page is not tried in vain. */
  readonly ways = new Map<string, number>();
  readonly #database = DuckDBInstance.create(':memory:', {
    memory_limit: '512MB',
    threads: '2',
    temp_directory: spillFolder,
    max_temp_directory_size: '4GB',
    // What is not built in is not fetched from somewhere.
    autoinstall_known_extensions: 'false',
  });

  async connect(): Promise<DuckDBConnection> {
    return await (await this.#database).connect();
  }
}

let current = new Reading();
const running = new Map<number, AbortController>();

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  // Written by the server of the same release, in this very form.
  const message = JSON.parse(line) as TableQuery | TableCancel;
  if ('cancel' in message) {
    running.get(message.cancel)?.abort();
    return;
  }
  const work = new AbortController();
  running.set(message.id, work);
  void answer(message, work.signal).then((reply) => {
    running.delete(message.id);
    process.stdout.write(`${JSON.stringify({ id: message.id, ...reply })}\n`);
  });
});
lines.on('close', () => process.exit(0));
// The server is gone, and so will this process be.
process.stdout.on('error', () => undefined);

type Reply = { readonly answer: PreviewAnswer } | { readonly error: string };
/** `isUnread`: it cannot be read like this, but perhaps in another way. */
type Tried = { readonly answer: PreviewAnswer } | { readonly error: string; readonly isUnread: boolean };

/** The first way of reading it that goes well; when none does, why the first did not. What is wrong with the question is so in every way. */
async function answer(query: TableQuery, signal: AbortSignal): Promise<Reply> {
  const key = `${query.version} ${query.readings[0]?.sql ?? ''}`;
  let why: string | null = null;
  for (const [index, reading] of query.readings.entries()) {
    if (index < (current.ways.get(key) ?? 0)) continue;
    const tried = await tryReading(query, reading, signal);
    if ('answer' in tried) {
      current.ways.set(key, index);
      return tried;
    }
    if (!tried.isUnread || signal.aborted) return { error: explainFailure(tried.error) };
    why ??= tried.error;
  }
  return { error: explainFailure(why ?? '') };
}

/** What another query has brought down is tried once more, on a new database. */
async function tryReading(query: TableQuery, reading: TableReading, signal: AbortSignal): Promise<Tried> {
  const first = await tryOnce(query, reading, signal);
  return 'error' in first && first.error.startsWith('FATAL Error') ? await tryOnce(query, reading, signal) : first;
}

async function tryOnce(query: TableQuery, reading: TableReading, signal: AbortSignal): Promise<Tried> {
  const used = current;
  const connection = await used.connect();
  try {
    return { answer: await interruptible(connection, signal, async () => await answerQuery(used.known, connection, { ...query, reading, signal })) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (isFatal(message) && current === used) current = new Reading();
    return { error: message, isUnread: error instanceof NotOpened && !isOutOfMemory(message) };
  } finally {
    connection.closeSync();
  }
}
