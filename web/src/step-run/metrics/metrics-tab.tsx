import { isStepEnded } from '@pipewright/shared/run/status.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { IconChartLine } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { metricsQuery, type StepAddress } from '../../api/step-runs.ts';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../../ui/feedback/skeletons.tsx';
import { formatValue } from '../../ui/format/number.ts';
import { Section } from '../../ui/panels/section.tsx';
import classes from '../step-run.module.css';
import { LoggedFiles } from './logged-files.tsx';
import { MetricChart } from './load-chart.ts';

interface MetricsTabProps {
  readonly address: StepAddress;
  readonly stepRun: StepRun;
}

/** A step logs metrics over HTTP, not over our events: while it runs they are asked for at this pace. */
const askEveryMs = 1500;

/** Last values large, courses as curves, logged parameters below. */
export function MetricsTab({ address, stepRun }: MetricsTabProps) {
  const hasStarted = stepRun.attempts > 0 || stepRun.status === 'reused';
  const isOver = isStepEnded(stepRun.status);
  const query = useQuery({ ...metricsQuery(address), enabled: hasStarted, staleTime: 0, refetchInterval: isOver ? false : askEveryMs });
  const { refetch } = query;
  useEffect(() => {
    // The last values may have come after we last asked.
    if (isOver && hasStarted) void refetch();
  }, [isOver, hasStarted, refetch]);
  if (query.isError && !query.data)
    return <ErrorState title="The metrics could not be read" message={messageOf(query.error)} onRetry={() => void query.refetch()} />;
  if (hasStarted && !query.data) return <SkeletonRows count={3} />;
  const metrics = query.data?.metrics ?? [];
  const params = Object.entries(query.data?.params ?? {});
  const files = hasStarted && <LoggedFiles address={address} isOver={isOver} askEveryMs={askEveryMs} />;
  if (metrics.length === 0 && params.length === 0) {
    return (
      <div className={classes.scroll}>
        <EmptyState
          icon={IconChartLine}
          title="No metrics"
          hint={
            <>
              What the step logs with <code>mlflow.log_metric</code> shows here as it comes.
            </>
          }
        />
        {files}
      </div>
    );
  }
  const curves = metrics.filter((metric) => metric.points.length > 1);
  return (
    <div className={classes.scroll}>
      <dl className={classes.metrics}>
        {metrics.map((metric) => (
          <div key={metric.name} data-metric={metric.name}>
            <dt className="pw-clip" title={metric.name}>
              {metric.name}
            </dt>
            <dd>{metric.last === null ? 'NaN' : formatValue(metric.last)}</dd>
          </div>
        ))}
      </dl>
      {curves.map((metric) => (
        <Section key={metric.name} title={metric.name} summary={metric.last === null ? 'NaN' : formatValue(metric.last)}>
          <Suspense fallback={<div className={classes.chart} />}>
            <MetricChart metric={metric} />
          </Suspense>
        </Section>
      ))}
      {params.length > 0 && (
        <Section title="Logged parameters">
          <dl className={classes.params}>
            {params.map(([name, value]) => (
              <div key={name}>
                <dt className="pw-clip">{name}</dt>
                <dd className="pw-clip" title={value}>
                  {value}
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      )}
      {files}
    </div>
  );
}
