import { wholeTable } from '@pipewright/shared/http/table-view.ts';
import { compile, type TopLevelSpec } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import { chartPlot } from './chart-plot.ts';
import { chartOf, columnsFor } from './chart-settings.ts';
import { describeFilter } from './describe-filter.ts';
import type { ColumnFacts } from './table-facts.ts';

const column = (name: string, kind: ColumnFacts['kind']): ColumnFacts => ({ name, kind, type: kind });
const columns = [column('make', 'text'), column('size', 'number'), column('price', 'number'), column('day', 'time'), column('list', 'other')];

describe('the chart that is drawn at first', () => {
  it('is of the column that is looked at, and of the first that fit', () => {
    expect(chartOf({}, columns, null)).toMatchObject({ type: 'histogram', x: 'size' });
    expect(chartOf({}, columns, 'price')).toMatchObject({ type: 'histogram', x: 'price' });
    expect(chartOf({}, columns, 'make')).toMatchObject({ type: 'bar', x: 'make', measure: 'count' });
    expect(chartOf({ type: 'scatter' }, columns, null)).toMatchObject({ x: 'price', y: 'size' });
    expect(chartOf({ type: 'box' }, columns, 'price')).toMatchObject({ x: 'make', y: 'price' });
    expect(chartOf({ type: 'line', x: 'day' }, columns, null)).toMatchObject({ x: 'day', y: 'size', measure: 'mean' });
    expect(chartOf({ type: 'scatter' }, [column('make', 'text')], null)).toBeNull();
  });

  it('keeps what was chosen only where it fits', () => {
    expect(chartOf({ type: 'histogram', x: 'make' }, columns, null)).toMatchObject({ x: 'size' });
    expect(chartOf({ type: 'box', by: 'make' }, columns, null)).not.toHaveProperty('by');
    expect(columnsFor('bar', 'x', columns).map(({ name }) => name)).toEqual(['make', 'size', 'price', 'day']);
  });
});

describe('a chart', () => {
  it.each(['histogram', 'bar', 'line', 'scatter', 'box'] as const)('of the type %s is one that Vega-Lite draws', (type) => {
    for (const by of [undefined, 'make']) {
      const chart = chartOf({ type, by: by ?? null }, columns, null);
      if (!chart) throw new Error('expected a chart');
      const data = {
        kind: 'chart' as const,
        points: [{ x: 1, y: 2, value: 3, from: 0, to: 1, count: 2, by: 'a' }],
        drawnRows: 1,
        rowCount: 1,
        remark: null,
        trend: { slope: 1, intercept: 0, r2: 1, from: 0, to: 2 },
      };
      const warnings: unknown[] = [];
      const logger = {
        level: () => logger,
        error: () => logger,
        info: () => logger,
        debug: () => logger,
        warn: (...said: unknown[]) => (warnings.push(said), logger),
      };
      const spec = chartPlot({ chart, data, columns, look: { hasTrend: true, isLog: false, height: 300 } });
      // Vega-Lite checks it itself.
      const drawn = compile(spec as unknown as TopLevelSpec, { logger });
      expect(drawn.spec.marks?.length).toBeGreaterThan(0);
      expect(warnings).toEqual([]);
    }
  });
});

describe('a filter', () => {
  it('says what it leaves', () => {
    expect(wholeTable.filters.map(describeFilter)).toEqual([]);
    expect(describeFilter({ op: 'between', column: 'price', from: 5 })).toBe('price from 5');
    expect(describeFilter({ op: 'between', column: 'price', from: 5, to: 9 })).toBe('price from 5 to 9');
    expect(describeFilter({ op: 'is', column: 'make', values: ['a', 'b'] })).toBe('make is a or b');
    expect(describeFilter({ op: 'missing', column: 'make', isMissing: true })).toBe('make is missing');
  });
});
