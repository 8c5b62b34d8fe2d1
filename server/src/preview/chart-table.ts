import type { DuckDBConnection } from '@duckdb/node-api';
import type { Cell, TableChart, TableChartData, TableView } from '@pipewright/shared/http/table-view.ts';
import { z } from 'zod';
import { quote, toNumber, type Column } from './column.ts';
import { countRows, numberOf } from './number-of.ts';
import { shownColumns } from './read-rows.ts';
import type { OpenTable } from './open-table.ts';
import { literal, rowsWhere } from './rows-where.ts';

/** More than these a person does not tell apart, and a page does not draw well. */
const most = { points: 2000, bars: 30, boxes: 20, colours: 6, steps: 200, outliers: 300 } as const;

type Points = TableChartData['points'];
interface Drawn {
  readonly points: Points;
  readonly remark?: string | null;
  readonly trend?: TableChartData['trend'];
}

/** What every kind of chart reads: `x`, `y` and `by` of the rows that have what is drawn. */
interface Ground {
  readonly connection: DuckDBConnection;
  readonly chart: TableChart;
  readonly sql: string;
  readonly rows: number;
}

/** Works a chart out where the table is, so that what travels is what is drawn. */
export async function chartTable(
  connection: DuckDBConnection,
  table: OpenTable,
  { view, chart }: { view: TableView; chart: TableChart },
): Promise<TableChartData> {
  const where = rowsWhere(view, table.columns, shownColumns(table, view.columnsLike));
  const rowCount = where === '' ? table.rowCount : await countRows(connection, `${table.from} ${where}`);
  const x = columnOf(table, chart.x);
  const y = columnOf(table, chart.y);
  const by = columnOf(table, chart.by);
  checkKinds(chart, x, y);
  const needed = [x ? 'x is not null' : null, y ? 'y is not null' : null].filter((part) => part !== null);
  const selected = [
    // Without one all rows are one box.
    `${x ? xOf(chart, x) : chart.type === 'box' ? "''" : 'null'} as x`,
    `${y ? numeric(y) : 'null'} as y`,
    `${by ? await byOf(connection, { from: table.from, where }, by) : 'null'} as "by"`,
  ];
  const sql = `(select * from (select ${selected.join(', ')} from ${table.from} ${where}) ${needed.length === 0 ? '' : `where ${needed.join(' and ')}`})`;
  const rows = await countRows(connection, sql);
  const ground: Ground = { connection, chart, sql, rows };
  const drawn = rows === 0 ? { points: [] } : await draw(ground);
  return { kind: 'chart', points: drawn.points, drawnRows: rows, rowCount, remark: drawn.remark ?? null, trend: drawn.trend ?? null };
}

function draw(ground: Ground): Promise<Drawn> {
  switch (ground.chart.type) {
    case 'histogram':
      return drawHistogram(ground);
    case 'bar':
      return drawBars(ground);
    case 'line':
      return drawLine(ground);
    case 'scatter':
      return drawScatter(ground);
    case 'box':
      return drawBoxes(ground);
  }
}

function columnOf({ columns }: OpenTable, name: string | undefined): Column | null {
  if (name === undefined) return null;
  const found = columns.find((column) => column.name === name);
  if (!found) throw new Error(`there is no column ${name}`);
  return found;
}

function checkKinds({ type, measure }: TableChart, x: Column | null, y: Column | null): void {
  const isMeasured = (column: Column | null): boolean => column !== null && (column.kind === 'number' || column.kind === 'time');
  if (type !== 'box' && x === null) throw new Error('a chart needs a column for X');
  if ((type === 'histogram' || type === 'scatter' || type === 'line') && !isMeasured(x)) throw new Error('this chart needs numbers or times for X');
  const needsY = type === 'scatter' || type === 'box' || measure !== 'count';
  if (needsY && (y === null || y.kind !== 'number')) throw new Error('this chart needs numbers for Y');
}

/** Numbers and times along an axis; everything else as the text that it is shown as. */
const xOf = ({ type }: TableChart, column: Column): string => (type === 'bar' || type === 'box' ? `left(${quote(column.name)}::varchar, 80)` : numeric(column));

/** A time counts as milliseconds since 1970; what is no number is left out. */
function numeric({ name, kind, type }: Column): string {
  const column = quote(name);
  if (kind === 'number') return `case when isfinite(${column}::double) then ${column}::double end`;
  if (kind !== 'time') return `null`;
  return type.startsWith('TIME') && !type.startsWith('TIMESTAMP')
    ? `epoch_ms(date '1970-01-01' + ${column}::time)::double`
    : `epoch_ms(${column}::timestamp)::double`;
}

/** The most frequent values by their name; the others are one. */
async function byOf(connection: DuckDBConnection, { from, where }: { readonly from: string; readonly where: string }, { name }: Column): Promise<string> {
  const text = `left(${quote(name)}::varchar, 80)`;
  const found = await rowsOf(
    connection,
    `select ${text} as value from ${from} ${where === '' ? 'where' : `${where} and`} ${quote(name)} is not null group by 1 order by count(*) desc, 1 limit ${most.colours + 1}`,
  );
  const values = found.map(({ value }) => String(value));
  const other = values.length > most.colours ? `'(other)'` : text;
  return `case when ${quote(name)} is null then '(missing)' when ${text} in (${values.slice(0, most.colours).map(literal).join(', ') || `''`}) then ${text} else ${other} end`;
}

const groupedBy = ({ chart }: Ground): string => (chart.by === undefined ? '' : ', "by"');

async function boundsOf({ connection, sql }: Ground): Promise<{ readonly low: number; readonly high: number }> {
  const [row = {}] = await rowsOf(connection, `select min(x) as low, max(x) as high from ${sql}`);
  return { low: toNumber(row['low']) ?? 0, high: toNumber(row['high']) ?? 0 };
}

async function drawHistogram(ground: Ground): Promise<Drawn> {
  const { connection, chart, sql } = ground;
  const { low, high } = await boundsOf(ground);
  const width = high > low ? (high - low) / chart.bins : 1;
  const bin = `least(${chart.bins - 1}, floor((x - ${low}) / ${width}))`;
  const points = await rowsOf(
    connection,
    `select ${low} + bin * ${width} as "from", ${low} + (bin + 1) * ${width} as "to", count(*)::double as count${groupedBy(ground)}
     from (select ${bin} as bin, "by" from ${sql}) group by bin${groupedBy(ground)} order by bin`,
  );
  return { points };
}

const measureSql = ({ measure }: TableChart): string => (measure === 'count' ? 'count(*)::double' : measure === 'mean' ? 'avg(y)' : `${measure}(y)`);

async function drawBars(ground: Ground): Promise<Drawn> {
  const { connection, chart, sql } = ground;
  const measured = measureSql(chart);
  const all = await numberOf(connection, `select count(distinct x) from ${sql}`);
  const largest = `(select x from ${sql} group by x order by ${measured} desc nulls last, x limit ${most.bars})`;
  const points = await rowsOf(
    connection,
    `select x, ${measured} as value${groupedBy(ground)} from ${sql} where x in ${largest} group by x${groupedBy(ground)} order by value desc nulls last, x`,
  );
  return { points, remark: all > most.bars ? `the ${most.bars} largest of ${all} values` : null };
}

async function drawLine(ground: Ground): Promise<Drawn> {
  const { connection, chart, sql } = ground;
  const values = await numberOf(connection, `select count(distinct x) from ${sql}`);
  const { low, high } = await boundsOf(ground);
  const width = (high - low) / most.steps;
  const isCut = values > most.steps * 2 && width > 0;
  const place = isCut ? `${low} + (least(${most.steps - 1}, floor((x - ${low}) / ${width})) + 0.5) * ${width}` : 'x';
  const points = await rowsOf(
    connection,
    `select place as x, ${measureSql(chart)} as value${groupedBy(ground)} from (select ${place} as place, y, "by" from ${sql}) group by place${groupedBy(ground)} order by place`,
  );
  return { points, remark: isCut ? `${most.steps} intervals of equal width` : null };
}

async function drawScatter(ground: Ground): Promise<Drawn> {
  const { connection, chart, sql, rows } = ground;
  const sample = rows > most.points ? `using sample reservoir(${most.points} rows) repeatable (7)` : '';
  const points = await rowsOf(connection, `select x, y${chart.by === undefined ? '' : ', "by"'} from ${sql} ${sample}`);
  const small = 'abs(x) < 1e150 and abs(y) < 1e150';
  const [fit = {}] = await rowsOf(
    connection,
    `select regr_slope(y, x) as slope, regr_intercept(y, x) as intercept, regr_r2(y, x) as r2, min(x) as low, max(x) as high from ${sql} where ${small}`,
  );
  const [slope, intercept, r2, from, to] = ['slope', 'intercept', 'r2', 'low', 'high'].map((name) => toNumber(fit[name]));
  const isFitted = typeof slope === 'number' && typeof intercept === 'number' && typeof from === 'number' && typeof to === 'number' && from < to;
  return {
    points,
    remark: sample === '' ? null : `a sample of ${most.points} points`,
    trend: isFitted ? { slope, intercept, r2: r2 ?? 0, from, to } : null,
  };
}

async function drawBoxes({ connection, sql }: Ground): Promise<Drawn> {
  const all = await numberOf(connection, `select count(distinct x) from ${sql}`);
  const wanted = `(select x from ${sql} group by x order by count(*) desc, x limit ${most.boxes})`;
  const boxes = `(select x, quantile_cont(y, 0.25) as q1, median(y) as middle, quantile_cont(y, 0.75) as q3, count(*)::double as count
    from ${sql} where x in ${wanted} group by x)`;
  const joined = `(select b.*, s.y, s.y between q1 - 1.5 * (q3 - q1) and q3 + 1.5 * (q3 - q1) as is_inside from ${sql} s join ${boxes} b on s.x = b.x)`;
  const points = await rowsOf(
    connection,
    `select x, any_value(q1) as q1, any_value(middle) as median, any_value(q3) as q3, any_value(count) as count,
     min(y) filter (where is_inside) as low, max(y) filter (where is_inside) as high from ${joined} group by x order by x`,
  );
  const outliers = await rowsOf(
    connection,
    `select x, y as outlier from (select x, y from ${joined} where not is_inside) using sample reservoir(${most.outliers} rows) repeatable (7)`,
  );
  const remark = all > most.boxes ? `the ${most.boxes} most frequent of ${all} values` : null;
  return { points: [...points, ...outliers], remark };
}

const Row = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]).catch(null));

async function rowsOf(connection: DuckDBConnection, sql: string): Promise<Record<string, Cell>[]> {
  return z.array(Row).parse(await (await connection.run(sql)).getRowObjectsJson());
}
