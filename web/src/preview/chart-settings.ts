import type { TableChart } from '@pipewright/shared/http/table-view.ts';
import type { ColumnFacts } from './table-facts.ts';

export type ChartType = TableChart['type'];

/** What a person has chosen so far; what is left out is guessed. */
export interface ChartChoice {
  readonly type?: ChartType;
  readonly x?: string;
  readonly y?: string;
  /** Null: chosen to be none. */
  readonly by?: string | null;
  readonly measure?: TableChart['measure'];
}

const isMeasured = ({ kind }: ColumnFacts): boolean => kind === 'number' || kind === 'time';
const isNumber = ({ kind }: ColumnFacts): boolean => kind === 'number';
const isCategory = ({ kind }: ColumnFacts): boolean => kind !== 'other';

/** The columns that a chart of this type can take at a place. */
export function columnsFor(type: ChartType, place: 'x' | 'y' | 'by', columns: readonly ColumnFacts[]): readonly ColumnFacts[] {
  if (place === 'y') return columns.filter(isNumber);
  if (place === 'by') return columns.filter(({ kind }) => kind === 'text' || kind === 'boolean' || kind === 'number');
  return columns.filter(type === 'bar' || type === 'box' ? isCategory : isMeasured);
}

/** What can be split by colour: a box already stands side by side. */
export const hasColours = (type: ChartType): boolean => type !== 'box';
export const hasMeasure = (type: ChartType): boolean => type === 'bar' || type === 'line';

/** The chart to draw: what was chosen where it fits, else what comes first; null where the table has nothing to draw. */
export function chartOf(choice: ChartChoice, columns: readonly ColumnFacts[], chosen: string | null): TableChart | null {
  const looked = columns.find(({ name }) => name === chosen);
  const type = choice.type ?? (looked && !isMeasured(looked) ? 'bar' : columns.some(isMeasured) ? 'histogram' : 'bar');
  const pick = (place: 'x' | 'y', wanted: readonly (string | null | undefined)[], but?: string): string | undefined => {
    const fit = columnsFor(type, place, columns);
    const found = wanted.find((name) => name !== but && fit.some((column) => column.name === name));
    return found ?? fit.find(({ name, kind }) => name !== but && (type !== 'box' || place !== 'x' || kind === 'text'))?.name;
  };
  const measure = hasMeasure(type) ? (choice.measure ?? (type === 'line' ? 'mean' : 'count')) : 'count';
  const needsY = type === 'scatter' || type === 'box' || measure !== 'count';
  const y = needsY ? pick('y', [choice.y, type === 'box' ? chosen : null], type === 'scatter' ? choice.x : undefined) : undefined;
  const x = pick('x', [choice.x, type === 'box' ? null : chosen], y);
  if (x === undefined && type !== 'box') return null;
  if (needsY && y === undefined) return null;
  const by = hasColours(type) && typeof choice.by === 'string' && columns.some(({ name }) => name === choice.by) ? choice.by : undefined;
  return { type, measure, bins: 30, ...(x === undefined ? {} : { x }), ...(y === undefined ? {} : { y }), ...(by === undefined ? {} : { by }) };
}

const measureWords = { count: 'Rows', sum: 'Sum', mean: 'Mean', median: 'Median', min: 'Least', max: 'Greatest' } as const satisfies Record<
  TableChart['measure'],
  string
>;
export const measures = Object.entries(measureWords).map(([value, label]) => ({ value, label }));
export const isMeasure = (value: string): value is TableChart['measure'] => Object.hasOwn(measureWords, value);

/** *Mean of price*, *Rows*. */
export const sayMeasure = ({ measure, y }: TableChart): string => (measure === 'count' || y === undefined ? 'Rows' : `${measureWords[measure]} of ${y}`);

/** What stands over the chart: *price by engine-size*. */
export function chartTitle(chart: TableChart): string {
  const { type, x, y } = chart;
  const split = chart.by === undefined ? '' : `, by ${chart.by}`;
  switch (type) {
    case 'histogram':
      return `How ${x} is spread${split}`;
    case 'bar':
    case 'line':
      return `${sayMeasure(chart)} by ${x}${split}`;
    case 'scatter':
      return `${y} by ${x}${split}`;
    case 'box':
      return x === undefined ? `How ${y} is spread` : `How ${y} is spread, by ${x}`;
  }
}
