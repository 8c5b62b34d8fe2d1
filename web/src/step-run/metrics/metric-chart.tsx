import type { Metric } from '@pipewright/shared/http/runs.ts';
import { useMemo } from 'react';
import type uPlot from 'uplot';
import { formatValue } from '../../ui/format/number.ts';
import { CurveChart } from './curve-chart.tsx';
import { soleLook } from './curve-look.ts';

const series = [{ key: 'metric', look: soleLook }];

/** The course of one metric. */
export function MetricChart({ metric }: { readonly metric: Metric }) {
  const data = useMemo(() => toSeries(metric), [metric]);
  const last = metric.last === null ? 'not a number' : formatValue(metric.last);
  return <CurveChart label={`${metric.name} over ${metric.points.length} points, last ${last}`} data={data} series={series} />;
}

/** Points that were logged under one step number are told apart by their order. */
function toSeries({ points }: Metric): uPlot.AlignedData {
  const hasSteps = points.some((point) => point.step !== points[0]?.step);
  const sorted = hasSteps ? points.toSorted((a, b) => a.step - b.step) : points;
  return [sorted.map((point, index) => (hasSteps ? point.step : index)), sorted.map((point) => point.value)];
}
