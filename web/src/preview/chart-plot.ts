import type { TableChart, TableChartData } from '@pipewright/shared/http/table-view.ts';
import { chartTitle, sayMeasure } from './chart-settings.ts';
import type { ColumnFacts } from './table-facts.ts';

interface ChartLook {
  readonly hasTrend: boolean;
  readonly isLog: boolean;
  readonly height: number;
}

interface Drawing {
  readonly chart: TableChart;
  readonly data: TableChartData;
  readonly columns: readonly ColumnFacts[];
  readonly look: ChartLook;
}

type Plot = Readonly<Record<string, unknown>>;

const dashes = {
  scale: {
    range: [
      [1, 0],
      [6, 3],
      [2, 2],
      [8, 3, 2, 3],
      [4, 2],
      [10, 4],
      [3, 5],
    ],
  },
} as const;

/** The drawing of a chart in Vega-Lite's words: what is drawn is worked out already, nothing is summed up here. */
export function chartPlot({ chart, data, columns, look }: Drawing): Plot {
  const isTime = columns.find(({ name }) => name === chart.x)?.kind === 'time';
  const along = { type: isTime ? 'temporal' : 'quantitative', title: chart.x, ...(isTime ? { scale: { type: 'utc' } } : { scale: { zero: false } }) };
  const whole = {
    description: chartTitle(chart),
    data: { values: data.points },
    width: 'container',
    height: look.height,
    autosize: { type: 'fit', contains: 'padding' },
  };
  const up = (title: string, zero: boolean): Plot => ({ type: 'quantitative', title, scale: look.isLog ? { type: 'symlog' } : { zero } });
  const colour = chart.by === undefined ? {} : { color: { field: 'by', type: 'nominal', title: chart.by } };
  switch (chart.type) {
    case 'histogram':
      return {
        ...whole,
        mark: { type: 'bar', binSpacing: 1, tooltip: true },
        encoding: {
          x: { field: 'from', ...along, bin: isTime ? undefined : { binned: true } },
          x2: { field: 'to' },
          y: { field: 'count', ...up('Rows', true), stack: 'zero' },
          ...colour,
        },
      };
    case 'bar':
      return {
        ...whole,
        mark: { type: 'bar', tooltip: true },
        encoding: {
          x: { field: 'x', type: 'nominal', title: chart.x, sort: null, axis: { labelAngle: data.points.length > 12 ? -40 : 0, labelLimit: 120 } },
          y: { field: 'value', ...up(sayMeasure(chart), true), ...(chart.measure === 'count' || chart.measure === 'sum' ? { stack: 'zero' } : {}) },
          ...(chart.measure === 'count' || chart.measure === 'sum' || chart.by === undefined ? {} : { xOffset: { field: 'by' } }),
          ...colour,
        },
      };
    case 'line':
      return {
        ...whole,
        mark: { type: 'line', tooltip: true, point: data.points.length <= 40 },
        encoding: {
          x: { field: 'x', ...along },
          y: { field: 'value', ...up(sayMeasure(chart), chart.measure === 'count') },
          ...(chart.by === undefined ? {} : { ...colour, strokeDash: { field: 'by', type: 'nominal', title: chart.by, ...dashes } }),
        },
      };
    case 'scatter':
      return { ...whole, layer: [points({ chart, along, y: up(chart.y ?? '', false), colour }), ...(look.hasTrend ? trendOf(data, along) : [])] };
    case 'box':
      return { ...whole, layer: boxes(chart, up(chart.y ?? '', false)) };
  }
}

interface PointParts {
  readonly chart: TableChart;
  readonly along: Plot;
  readonly y: Plot;
  readonly colour: Plot;
}

function points({ chart, along, y, colour }: PointParts): Plot {
  return {
    mark: { type: 'point', filled: true, strokeWidth: 0, opacity: 0.75, size: 34, tooltip: true },
    encoding: {
      x: { field: 'x', ...along },
      y: { field: 'y', ...y },
      // A colour alone would be the only carrier.
      ...(chart.by === undefined ? {} : { ...colour, shape: { field: 'by', type: 'nominal', title: chart.by } }),
    },
  };
}

function trendOf({ trend }: TableChartData, along: Plot): Plot[] {
  if (!trend) return [];
  const at = (x: number): number => trend.intercept + trend.slope * x;
  return [
    {
      data: { values: [{ x: trend.from, x2: trend.to, y: at(trend.from), y2: at(trend.to) }] },
      mark: { type: 'rule', strokeDash: [6, 4], strokeWidth: 1.8 },
      encoding: { x: { field: 'x', ...along }, x2: { field: 'x2' }, y: { field: 'y', type: 'quantitative' }, y2: { field: 'y2' } },
    },
  ];
}

function boxes(chart: TableChart, y: Plot): Plot[] {
  const x = { field: 'x', type: 'nominal', title: chart.x ?? null, axis: chart.x === undefined ? null : { labelAngle: 0, labelLimit: 90, labelOverlap: true } };
  const width = { band: 0.5 };
  return [
    { transform: [{ filter: 'isValid(datum.low)' }], mark: { type: 'rule' }, encoding: { x, y: { field: 'low', ...y }, y2: { field: 'high' } } },
    {
      transform: [{ filter: 'isValid(datum.q1)' }],
      mark: { type: 'bar', width, tooltip: true },
      encoding: { x, y: { field: 'q1', ...y }, y2: { field: 'q3' } },
    },
    { transform: [{ filter: 'isValid(datum.median)' }], mark: { type: 'tick', width, thickness: 2 }, encoding: { x, y: { field: 'median', ...y } } },
    {
      transform: [{ filter: 'isValid(datum.outlier)' }],
      mark: { type: 'point', size: 18, opacity: 0.6, tooltip: true },
      encoding: { x, y: { field: 'outlier', ...y } },
    },
  ];
}
