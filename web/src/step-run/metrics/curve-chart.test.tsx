import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import type uPlot from 'uplot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CurveChart } from './curve-chart.tsx';
import { bestLook, type CurveLook, quietLook, soleLook } from './curve-look.ts';

/** The charts that were made. */
const charts: uPlot[] = [];
vi.mock('uplot', async (importOriginal) => {
  const { default: Real } = await importOriginal<{ readonly default: typeof uPlot }>();
  return {
    default: function watch(...given: ConstructorParameters<typeof uPlot>) {
      const chart = new Real(...given);
      charts.push(chart);
      return chart;
    },
  };
});

/** jsdom draws nothing: each stroke goes to a paper that takes it. */
const paper = new Proxy({}, { get: () => () => paper, set: () => true });

beforeEach(() => {
  charts.length = 0;
  vi.stubGlobal('Path2D', function path() {
    return paper;
  });
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(paper as CanvasRenderingContext2D);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

interface Line {
  readonly key: string;
  readonly look: CurveLook;
}

function show(data: uPlot.AlignedData, series: readonly Line[]) {
  const page = (points: uPlot.AlignedData, lines: readonly Line[]) => (
    <MantineProvider env="test">
      <CurveChart label="score" data={points} series={lines} onMark={() => {}} />
    </MantineProvider>
  );
  const { rerender } = render(page(data, series));
  const settled = () => new Promise<void>((resolve) => queueMicrotask(resolve));
  return {
    change: async (points: uPlot.AlignedData, lines: readonly Line[]) => {
      rerender(page(points, lines));
      await settled();
    },
    zoom: async (min: number, max: number) => {
      charts[0]?.setScale('x', { min, max });
      await settled();
    },
    seen: () => [charts[0]?.scales['x']?.min, charts[0]?.scales['x']?.max],
    widths: () => charts[0]?.series.slice(1).map(({ width }) => width),
  };
}

describe('a chart of curves', () => {
  it('stays, with what is looked at, when lines come in, change their places and their looks', async () => {
    const [steps, rising, falling] = [
      [0, 1, 2, 3, 4],
      [1, 2, 3, 4, 5],
      [5, 4, 3, 2, 1],
    ];
    const [first, second] = [
      { key: 'a', look: bestLook },
      { key: 'b', look: soleLook },
    ];
    const chart = show([steps, rising], [first]);
    await chart.change([steps, rising, falling], [first, second]);
    expect([chart.seen(), chart.widths()]).toEqual([
      [0, 4],
      [bestLook.width, soleLook.width],
    ]);
    await chart.zoom(1, 3);
    const more = [
      [...steps, 5],
      [...falling, 0],
      [...rising, 6],
    ] satisfies uPlot.AlignedData;
    await chart.change(more, [{ ...second, look: quietLook }, first]);
    expect([chart.seen(), chart.widths()]).toEqual([
      [1, 3],
      [quietLook.width, bestLook.width],
    ]);
    expect(charts.map(({ data }) => data)).toEqual([more]);
  });

  it('shows all of the points that come in where all of them were in sight', async () => {
    const line = { key: 'a', look: soleLook };
    const chart = show(
      [
        [0, 1],
        [1, 2],
      ],
      [line],
    );
    await chart.change(
      [
        [0, 1, 2],
        [1, 2, 3],
      ],
      [line],
    );
    expect(chart.seen()).toEqual([0, 2]);
  });
});
