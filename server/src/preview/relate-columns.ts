import type { DuckDBConnection } from '@duckdb/node-api';
import type { TableRelations } from '@pipewright/shared/http/preview.ts';
import { quote, toNumber, type Column } from './column.ts';
import { mostColumns } from './open-table.ts';

const mostRelated = 5;

interface Related {
  /** Stands after FROM. */
  readonly from: string;
  readonly columns: readonly Column[];
  readonly name: string;
}

/** The numbers that go most with those of one column. */
export async function relateColumns(connection: DuckDBConnection, { from, columns, name }: Related): Promise<TableRelations> {
  const others = columns.filter((column) => column.kind === 'number' && column.name !== name).slice(0, mostColumns);
  const isNumber = columns.some((column) => column.kind === 'number' && column.name === name);
  if (!isNumber || others.length === 0) return { kind: 'relations', columns: [] };
  const one = small(name);
  const selected = others.map((other, index) => `corr(${one}, ${small(other.name)}) as c${index}`);
  const [row = {}] = await (await connection.run(`select ${selected.join(', ')} from ${from}`)).getRowObjectsJson();
  const related = others.flatMap((other, index) => {
    const correlation = toNumber(row[`c${index}`]);
    return correlation === null ? [] : [{ name: other.name, correlation }];
  });
  return { kind: 'relations', columns: related.toSorted((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation)).slice(0, mostRelated) };
}

/** Infinite values, and those whose squares would be, go with nothing. */
function small(name: string): string {
  const number = `${quote(name)}::double`;
  return `case when abs(${number}) < 1e150 then ${number} end`;
}
