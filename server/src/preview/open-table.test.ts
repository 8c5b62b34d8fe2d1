import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { OpenTables } from './open-table.ts';

const csv = (rows: number) => ({
  reading: { sql: `range(${rows})`, order: null, lines: null, remark: null },
  version: '',
  signal: new AbortController().signal,
});

async function database() {
  const instance = await DuckDBInstance.create(':memory:');
  const connect = async (): Promise<DuckDBConnection> => await instance.connect();
  const connection = await connect();
  const ask = async (sql: string) => (await (await connection.run(sql)).getRowsJson()).map(([value]) => Number(value));
  return { tables: new OpenTables(connect), ask };
}

it('a copy stays for as long as somebody works with it, however many others are opened', async () => {
  const { tables, ask } = await database();
  const { promise: done, resolve: finish } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const first = tables.withSeekable(csv(1), async ({ from }) => {
    begin();
    await done;
    return await ask(`select count(*) from ${from}`);
  });
  await begun;
  for (const rows of [2, 3, 4, 5]) await tables.withSeekable(csv(rows), async ({ rowCount }) => expect(rowCount).toBe(rows));
  finish();
  expect(await first).toEqual([1]);
  await tables.withSeekable(csv(6), async () => {});
  expect(await ask('select count(*) from duckdb_tables()')).toEqual([3]);
});
