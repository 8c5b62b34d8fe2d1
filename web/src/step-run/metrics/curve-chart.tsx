import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatValue } from '../../ui/format/number.ts';
import classes from '../step-run.module.css';
import type { CurveLook } from './curve-look.ts';

/** One line of the chart. */
interface Series {
  readonly key: string;
  readonly look: CurveLook;
}

interface CurveChartProps {
  readonly label: string;
  /** The steps, and for each of the series its values there. */
  readonly data: uPlot.AlignedData;
  /** Those later in the list lie over those before. */
  readonly series: readonly Series[];
  /** The key of the line that stands out. */
  readonly marked?: string | null;
  /** The pointer is at a line; null: at none. */
  readonly onMark?: (key: string | null) => void;
  /** As high as its place, instead of its own height. */
  readonly isTall?: boolean;
}

/** Courses over their steps. Colours are read from the page when a line is made, so another scheme makes the chart anew. */
export function CurveChart(props: CurveChartProps) {
  return <Chart key={useComputedColorScheme('light')} {...props} />;
}

/** New points, and lines that come, go or change their places and looks, are put into the chart that is there. */
function Chart({ label, data, series, marked = null, onMark, isTall = false }: CurveChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latest = useRef({ data, series, onMark });
  useEffect(() => {
    latest.current = { data, series, onMark };
  }, [data, series, onMark]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const mark = (index: number | null): void => latest.current.onMark?.(index === null ? null : (latest.current.series[index - 1]?.key ?? null));
    const plot = new uPlot(optionsFor(element, latest.current.onMark && mark), [[]], element);
    chart.current = plot;
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
      chart.current = null;
    };
  }, []);
  const lines = series.map(lineOf).join(',');
  useEffect(() => {
    if (chart.current) setLines(chart.current, latest.current.series);
  }, [lines]);
  useEffect(() => {
    if (chart.current) setData(chart.current, data);
  }, [lines, data]);
  useEffect(() => {
    const index = series.findIndex(({ key }) => key === marked);
    chart.current?.setSeries(index < 0 ? null : index + 1, { focus: index >= 0 }, false);
  }, [series, marked]);
  return <div ref={box} className={classes.chart} data-tall={isTall || undefined} role="img" aria-label={label} />;
}

/** Whose line it is, and how it is drawn. */
const lineOf = ({ key, look }: Series): string => `${key} ${look.token} ${look.width} ${look.dash.join(' ')}`;

/** All of them anew: a line has its place over and under others by its place in the list. */
function setLines(plot: uPlot, series: readonly Series[]): void {
  const token = tokensOf(plot.root);
  plot.setSeries(null, { focus: false }, false);
  for (let index = plot.series.length - 1; index > 0; index -= 1) plot.delSeries(index);
  for (const { look } of series) plot.addSeries({ stroke: token(look.token), width: look.width, dash: [...look.dash], points: { show: false } });
}

/** What is looked at stays in sight while points come in; where it is all of them, it is all of them afterwards. */
function setData(plot: uPlot, data: uPlot.AlignedData): void {
  const { min = null, max = null } = plot.scales['x'] ?? {};
  const [first, last] = [plot.data[0][0], plot.data[0].at(-1)];
  const isPart = min !== null && max !== null && first !== undefined && last !== undefined && (min > first || max < last);
  // At once: what is in sight has to be that of these points when the next ones come.
  plot.batch(() => {
    plot.setData(data, !isPart);
    if (isPart) plot.redraw();
  });
}

const tokensOf = (element: Element) => {
  const style = getComputedStyle(element);
  return (name: string): string => style.getPropertyValue(`--pw-${name}`).trim();
};

function optionsFor(element: HTMLElement, onMark: ((index: number | null) => void) | undefined): uPlot.Options {
  const token = tokensOf(element);
  const axis: uPlot.Axis = {
    stroke: token('text-3'),
    font: '10px Inter Variable, sans-serif',
    ticks: { show: false },
    grid: { stroke: token('line'), width: 1 },
  };
  return {
    width: element.clientWidth,
    height: element.clientHeight,
    legend: { show: false },
    cursor: { y: false, points: { size: 6 }, ...(onMark && { focus: { prox: 12 } }) },
    ...(onMark && { focus: { alpha: 0.15 }, hooks: { setSeries: [(_: uPlot, index: number | null) => onMark(index)] } }),
    scales: { x: { time: false } },
    series: [{}],
    axes: [
      { ...axis, size: 22, grid: { show: false } },
      { ...axis, size: 52, space: 28, values: (_, ticks) => ticks.map(formatValue) },
    ],
  };
}
