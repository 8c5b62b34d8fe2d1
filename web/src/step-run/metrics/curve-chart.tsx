import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatValue } from '../../ui/format/number.ts';
import classes from '../step-run.module.css';
import type { CurveLook } from './curve-look.ts';

const height = 126;

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
}

/** Courses over their steps. Colours are read from the page when it is made, so another scheme, and other lines, make it anew. */
export function CurveChart(props: CurveChartProps) {
  const lines = props.series.map(({ key, look }) => `${key} ${look.token} ${look.dash.join(' ')}`).join(',');
  return <Chart key={`${useComputedColorScheme('light')} ${lines}`} {...props} />;
}

/** New points are put into the chart that is there. */
function Chart({ label, data, series, marked = null, onMark }: CurveChartProps) {
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
    const plot = new uPlot(optionsFor(element, latest.current.series, mark), latest.current.data, element);
    chart.current = plot;
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
      chart.current = null;
    };
  }, []);
  useEffect(() => chart.current?.setData(data), [data]);
  useEffect(() => {
    const index = series.findIndex(({ key }) => key === marked);
    chart.current?.setSeries(index < 0 ? null : index + 1, { focus: index >= 0 }, false);
  }, [series, marked]);
  return <div ref={box} className={classes.chart} role="img" aria-label={label} />;
}

function optionsFor(element: HTMLElement, series: readonly Series[], onMark: (index: number | null) => void): uPlot.Options {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(`--pw-${name}`).trim();
  const axis: uPlot.Axis = {
    stroke: token('text-3'),
    font: '10px Inter Variable, sans-serif',
    ticks: { show: false },
    grid: { stroke: token('line'), width: 1 },
  };
  const isOne = series.length === 1;
  return {
    width: element.clientWidth,
    height,
    legend: { show: false },
    cursor: { y: false, points: { size: 6 }, ...(isOne ? {} : { focus: { prox: 12 } }) },
    ...(isOne ? {} : { focus: { alpha: 0.15 }, hooks: { setSeries: [(_: uPlot, index: number | null) => onMark(index)] } }),
    scales: { x: { time: false } },
    series: [{}, ...series.map(({ look }) => ({ stroke: token(look.token), width: look.width, dash: [...look.dash], points: { show: false } }))],
    axes: [
      { ...axis, size: 22, grid: { show: false } },
      { ...axis, size: 52, space: 28, values: (_, ticks) => ticks.map(formatValue) },
    ],
  };
}
