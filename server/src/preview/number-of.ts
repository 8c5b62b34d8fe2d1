import type { DuckDBConnection } from '@duckdb/node-api';

/** The one number that a question is answered by. */
export async function numberOf(connection: DuckDBConnection, sql: string): Promise<number> {
  const [row] = await (await connection.run(sql)).getRowsJson();
  return Number(row?.[0] ?? 0);
}

/** `from` stands after FROM. */
export const countRows = async (connection: DuckDBConnection, from: string): Promise<number> => await numberOf(connection, `select count(*) from ${from}`);
