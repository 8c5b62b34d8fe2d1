import type { DuckDBConnection } from '@duckdb/node-api';
import type { PreviewColumn } from '@pipewright/shared/http/preview.ts';
import { z } from 'zod';
import { isFloat, quote, toCell, toNumber, type Column } from './column.ts';

export interface TableProfile {
  readonly rowCount: number;
  readonly columns: readonly PreviewColumn[];
}

const bins = 12;
/** Of a column with more values than these, the most frequent ones say nothing. */
const mostValues = 2000;
const longestText = 200;

type Row = Readonly<Record<string, unknown>>;

/** All columns of the view `shown` in two passes over it: what they hold, then how that is spread. */
export async function profileTable(connection: DuckDBConnection, columns: readonly Column[]): Promise<TableProfile> {
  const facts = await one(connection, ['count(*) as rows', ...columns.flatMap(factsOf)]);
  const spreads = columns.map((column, index) => spreadOf(column, index, facts));
  const drawn = spreads.flatMap(({ sql }) => (sql === undefined ? [] : [sql]));
  const histograms = drawn.length === 0 ? {} : await one(connection, drawn);
  return {
    rowCount: Number(facts['rows']),
    columns: columns.map((column, index) => ({
      ...column,
      missing: Number(facts['rows']) - Number(facts[`count${index}`]),
      distinct: toNumber(facts[`distinct${index}`]),
      min: toCell(facts[`low${index}`], column.kind),
      max: toCell(facts[`high${index}`], column.kind),
      mean: toNumber(facts[`mean${index}`]),
      histogram: spreads[index]?.draw(Counts.parse(histograms[`spread${index}`] ?? [])) ?? [],
    })),
  };
}

async function one(connection: DuckDBConnection, selected: readonly string[]): Promise<Row> {
  const [row = {}] = await (await connection.run(`select ${selected.join(', ')} from shown`)).getRowObjectsJson();
  return row;
}

function factsOf({ name, type, kind }: Column, index: number): string[] {
  const column = quote(name);
  const count = `count(${column}) as count${index}`;
  if (kind === 'other') return [count];
  // Infinite and not-a-number would be the bounds of everything else.
  const finite = isFloat(type) ? ` filter (where isfinite(${column}))` : '';
  return [
    count,
    `approx_count_distinct(${column}) as distinct${index}`,
    `left(min(${column})${finite}::varchar, ${longestText}) as low${index}`,
    `left(max(${column})${finite}::varchar, ${longestText}) as high${index}`,
    ...(kind === 'number' ? [`avg(${column}::double)${finite} as mean${index}`] : []),
  ];
}

interface Spread {
  readonly sql: string | undefined;
  readonly draw: (counts: ReadonlyMap<string, number>) => PreviewColumn['histogram'];
}

const nothing: Spread = { sql: undefined, draw: () => [] };

/** Equal-width bins for numbers, the most frequent values for the rest. */
function spreadOf({ name, kind }: Column, index: number, facts: Row): Spread {
  const column = quote(name);
  if (kind === 'other') return nothing;
  if (kind !== 'number') {
    if (Number(facts[`distinct${index}`]) > mostValues) return nothing;
    const value = `left(${column}::varchar, ${longestText})`;
    return { sql: `histogram(${value}) filter (where ${column} is not null) as spread${index}`, draw: mostFrequent };
  }
  const [low, high] = [toNumber(facts[`low${index}`]), toNumber(facts[`high${index}`])];
  if (low === null || high === null) return nothing;
  const used = low === high ? 1 : bins;
  const width = (high - low) / bins;
  const number = `${column}::double`;
  const bin = used === 1 ? '0' : `least(${bins - 1}, floor((${number} - ${low}) / ${width}))`;
  return {
    sql: `histogram((${bin})::integer) filter (where isfinite(${number})) as spread${index}`,
    draw: (counts) =>
      Array.from({ length: used }, (_, at) => ({ label: String(Number((low + at * width).toPrecision(6))), count: counts.get(String(at)) ?? 0 })),
  };
}

function mostFrequent(counts: ReadonlyMap<string, number>): PreviewColumn['histogram'] {
  const sorted = [...counts].toSorted(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  return sorted.slice(0, bins).map(([label, count]) => ({ label, count }));
}

/** A map as DuckDB writes it in JSON. */
const Counts = z
  .array(z.object({ key: z.union([z.string(), z.number()]), value: z.coerce.number() }))
  .transform((entries) => new Map(entries.map(({ key, value }) => [String(key), value])));
