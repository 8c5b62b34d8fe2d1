import { isStepEnded } from '@pipewright/shared/run/status.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { IconChartLine } from '@tabler/icons-react';
import { messageOf } from '../../api/api-error.ts';
import { metricsQuery, type StepAddress } from '../../api/step-runs.ts';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../../ui/feedback/skeletons.tsx';
import { Section } from '../../ui/panels/section.tsx';
import classes from '../step-run.module.css';
import { useGrowingQuery } from '../use-growing-query.ts';
import { LoggedFiles } from './logged-files.tsx';
import { LoggedParams, MetricCurves, MetricValues } from './metric-views.tsx';

interface MetricsTabProps {
  readonly address: StepAddress;
  readonly stepRun: StepRun;
}

const askEveryMs = 1500;

/** Last values large, courses as curves, logged parameters below. */
export function MetricsTab({ address, stepRun }: MetricsTabProps) {
  const hasStarted = stepRun.attempts > 0 || stepRun.status === 'reused';
  const isOver = isStepEnded(stepRun.status);
  const query = useGrowingQuery({ ...metricsQuery(address), enabled: hasStarted }, { isOver, askEveryMs });
  if (query.isError && !query.data)
    return <ErrorState title="The metrics could not be read" message={messageOf(query.error)} onRetry={() => void query.refetch()} />;
  if (hasStarted && !query.data) return <SkeletonRows count={3} />;
  const metrics = query.data?.metrics ?? [];
  const params = query.data?.params ?? {};
  const hasParams = Object.keys(params).length > 0;
  const files = hasStarted && <LoggedFiles address={address} isOver={isOver} askEveryMs={askEveryMs} />;
  if (metrics.length === 0 && !hasParams) {
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
  return (
    <div className={classes.scroll}>
      <MetricValues metrics={metrics} />
      <MetricCurves metrics={metrics} />
      {hasParams && (
        <Section title="Logged parameters">
          <LoggedParams params={params} />
        </Section>
      )}
      {files}
    </div>
  );
}
