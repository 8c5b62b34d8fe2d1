import type { Metric } from '@pipewright/shared/http/runs.ts';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatValue } from '../../ui/format/number.ts';
import classes from '../step-run.module.css';

const height = 126;

/** The course of one metric. Its colours are read from the page when it is made, so another scheme makes it anew. */
export function MetricChart({ metric }: { readonly metric: Metric }) {
  return <Chart key={useComputedColorScheme('light')} metric={metric} />;
}

/** New points are put into the chart that is there. */
function Chart({ metric }: { readonly metric: Metric }) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const data = useMemo(() => toSeries(metric), [metric]);
  const latest = useRef(data);
  useEffect(() => {
    latest.current = data;
    chart.current?.setData(data);
  }, [data]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const plot = new uPlot(optionsFor(element), latest.current, element);
    chart.current = plot;
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
      chart.current = null;
    };
  }, []);
  const last = metric.last === null ? 'not a number' : formatValue(metric.last);
  return <div ref={box} className={classes.chart} role="img" aria-label={`${metric.name} over ${metric.points.length} points, last ${last}`} />;
}

/** Points that were logged under one step number are told apart by their order. */
function toSeries({ points }: Metric): uPlot.AlignedData {
  const hasSteps = points.some((point) => point.step !== points[0]?.step);
  const sorted = hasSteps ? points.toSorted((a, b) => a.step - b.step) : points;
  return [sorted.map((point, index) => (hasSteps ? point.step : index)), sorted.map((point) => point.value)];
}

function optionsFor(element: HTMLElement): uPlot.Options {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(`--pw-${name}`).trim();
  const axis: uPlot.Axis = {
    stroke: token('text-3'),
    font: '10px Inter Variable, sans-serif',
    ticks: { show: false },
    grid: { stroke: token('line'), width: 1 },
  };
  return {
    width: element.clientWidth,
    height,
    legend: { show: false },
    cursor: { y: false, points: { size: 6 } },
    scales: { x: { time: false } },
    series: [{}, { stroke: token('series-1'), width: 2, points: { show: false } }],
    axes: [
      { ...axis, size: 22, grid: { show: false } },
      { ...axis, size: 52, space: 28, values: (_, ticks) => ticks.map(formatValue) },
    ],
  };
}
