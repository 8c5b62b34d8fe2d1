import type { Metric } from '@pipewright/shared/http/runs.ts';
import { Suspense } from 'react';
import { formatMetric } from '../../ui/format/number.ts';
import { Section } from '../../ui/panels/section.tsx';
import classes from '../step-run.module.css';
import { MetricChart } from './load-chart.ts';

interface MetricsProps {
  readonly metrics: readonly Metric[];
}

/** Last values, large. */
export function MetricValues({ metrics }: MetricsProps) {
  return (
    <dl className={classes.metrics}>
      {metrics.map((metric) => (
        <div key={metric.name} data-metric={metric.name}>
          <dt className="pw-clip" title={metric.name}>
            {metric.name}
          </dt>
          <dd>{formatMetric(metric.last)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The courses of those that have one. */
export function MetricCurves({ metrics }: MetricsProps) {
  return metrics
    .filter(({ points }) => points.length > 1)
    .map((metric) => (
      <Section key={metric.name} title={metric.name} summary={formatMetric(metric.last)}>
        <Suspense fallback={<div className={classes.chart} />}>
          <MetricChart metric={metric} />
        </Suspense>
      </Section>
    ));
}

/** Names and values of what was logged as parameters, or as tags. */
export function LoggedParams({ params }: { readonly params: Readonly<Record<string, string>> }) {
  return (
    <dl className={classes.params}>
      {Object.entries(params).map(([name, value]) => (
        <div key={name}>
          <dt className="pw-clip" title={name}>
            {name}
          </dt>
          <dd className="pw-clip" title={value}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
