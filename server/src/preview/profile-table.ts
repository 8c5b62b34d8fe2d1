import type { DuckDBConnection } from '@duckdb/node-api';
import type { PreviewColumn } from '@pipewright/shared/http/preview.ts';
import { z } from 'zod';
import { isFloat, quote, toCell, toNumber, type Column } from './column.ts';

const bins = 12;
/** Of a column with more values than these, the most frequent ones say nothing. */
const mostValues = 2000;
const longestText = 200;
/** Columns that are worked out at once: each holds its counts in memory. */
const columnsAtOnce = 40;

type Row = Readonly<Record<string, unknown>>;

/** Columns in two passes over them: what they hold, then how that is spread. `from` stands after FROM. */
export async function profileColumns(connection: DuckDBConnection, from: string, columns: readonly Column[]): Promise<PreviewColumn[]> {
  const profiled: PreviewColumn[] = [];
  for (let at = 0; at < columns.length; at += columnsAtOnce) {
    profiled.push(...(await profileSome(connection, from, columns.slice(at, at + columnsAtOnce))));
  }
  return profiled;
}

async function profileSome(connection: DuckDBConnection, from: string, columns: readonly Column[]): Promise<PreviewColumn[]> {
  const facts = await one(connection, from, ['count(*) as rows', ...columns.flatMap(factsOf)]);
  const spreads = columns.map((column, index) => spreadOf(column, index, facts));
  const drawn = spreads.flatMap(({ sql }) => (sql === undefined ? [] : [sql]));
  const histograms = drawn.length === 0 ? {} : await one(connection, from, drawn);
  return columns.map((column, index) => {
    const [quarter = null, median = null, threeQuarters = null] = Quartiles.parse(facts[`quartiles${index}`] ?? []);
    return {
      ...column,
      missing: Number(facts['rows']) - Number(facts[`count${index}`]),
      distinct: toNumber(facts[`distinct${index}`]),
      min: toCell(facts[`low${index}`], column.kind),
      max: toCell(facts[`high${index}`], column.kind),
      mean: toNumber(facts[`mean${index}`]),
      deviation: toNumber(facts[`deviation${index}`]),
      quarter,
      median,
      threeQuarters,
      skewness: toNumber(facts[`skewness${index}`]),
      zeros: toNumber(facts[`zeros${index}`]),
      histogram: spreads[index]?.draw(Counts.parse(histograms[`spread${index}`] ?? [])) ?? [],
    };
  });
}

async function one(connection: DuckDBConnection, from: string, selected: readonly string[]): Promise<Row> {
  const [row = {}] = await (await connection.run(`select ${selected.join(', ')} from ${from}`)).getRowObjectsJson();
  return row;
}

function factsOf({ name, type, kind }: Column, index: number): string[] {
  const column = quote(name);
  const count = `count(${column}) as count${index}`;
  if (kind === 'other') return [count];
  // Infinite and not-a-number would be the bounds of everything else.
  const finite = isFloat(type) ? ` filter (where isfinite(${column}))` : '';
  const bounds = [
    count,
    `approx_count_distinct(${column}) as distinct${index}`,
    `left(min(${column})${finite}::varchar, ${longestText}) as low${index}`,
    `left(max(${column})${finite}::varchar, ${longestText}) as high${index}`,
  ];
  if (kind !== 'number') return bounds;
  const number = `${column}::double`;
  // The powers of a number must be numbers too, or DuckDB refuses the whole row.
  const below = (most: string): string => ` filter (where abs(${number}) < ${most})`;
  return [
    ...bounds,
    `avg(${number})${finite} as mean${index}`,
    `stddev_samp(${number})${below('1e150')} as deviation${index}`,
    `approx_quantile(${number}, [0.25, 0.5, 0.75])${finite} as quartiles${index}`,
    `skewness(${number})${below('1e100')} as skewness${index}`,
    `count(*) filter (where ${column} = 0) as zeros${index}`,
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

const Quartiles = z.array(z.number().nullable().catch(null));

/** A map as DuckDB writes it in JSON. */
const Counts = z
  .array(z.object({ key: z.union([z.string(), z.number()]), value: z.coerce.number() }))
  .transform((entries) => new Map(entries.map(({ key, value }) => [String(key), value])));
