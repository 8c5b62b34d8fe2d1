// Reads tables with DuckDB in a process of its own: its memory is bounded, and a crash on a broken file is not the server's.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DuckDBInstance } from '@duckdb/node-api';
import { readTable, type Table } from './read-table.ts';
import type { TableQuery } from './table-query.ts';

// Ctrl-C reaches the whole terminal group; this process ends with its input.
process.on('SIGINT', () => undefined);
const spillFolder = mkdtempSync(join(tmpdir(), 'pipewright-tables-'));
process.on('exit', () => rmSync(spillFolder, { recursive: true, force: true }));

const database = await DuckDBInstance.create(':memory:', {
  memory_limit: '512MB',
  threads: '2',
  temp_directory: spillFolder,
  max_temp_directory_size: '4GB',
  // What is not built in is not fetched from somewhere.
  autoinstall_known_extensions: 'false',
});
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  // Written by the server of the same release, in this very form.
  const query = JSON.parse(line) as TableQuery;
  void answer(query).then((reply) => process.stdout.write(`${JSON.stringify({ id: query.id, ...reply })}\n`));
});
lines.on('close', () => process.exit(0));
// The server is gone, and so will this process be.
process.stdout.on('error', () => undefined);

async function answer(query: TableQuery): Promise<{ table: Table } | { error: string }> {
  const connection = await database.connect();
  try {
    return { table: await readTable(connection, query) };
  } catch (error) {
    return { error: firstSentence(error instanceof Error ? error.message : String(error)) };
  } finally {
    connection.closeSync();
  }
}

/** DuckDB adds hints for people who write SQL. */
function firstSentence(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/^(Invalid Input|IO|Binder|Conversion|Parser) Error: /, '').replace(/\.$/, '');
}
