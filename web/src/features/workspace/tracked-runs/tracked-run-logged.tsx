import { IconChartLine } from '@tabler/icons-react';
import { messageOf } from '../../../api/api-error.ts';
import { isTrackedRunOver, trackedMetricsQuery, trackedPaceOf, type TrackedRun } from '../../../api/tracked-runs.ts';
import { LoggedFiles } from '../../../step-run/metrics/logged-files.tsx';
import { MetricCurves, MetricValues } from '../../../step-run/metrics/metric-views.tsx';
import { useGrowingQuery } from '../../../step-run/use-growing-query.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../../../ui/feedback/skeletons.tsx';
import classes from './tracked-runs.module.css';

/** What a run has logged: metrics with their courses, and files. It grows while the run goes on. */
export function TrackedRunLogged({ run }: { readonly run: TrackedRun }) {
  const isOver = isTrackedRunOver(run);
  const askEveryMs = (): number | false => trackedPaceOf([run]);
  const { data, error, refetch } = useGrowingQuery(trackedMetricsQuery(run.id), { isOver, askEveryMs });
  return (
    <section className={`pw-card ${classes.logged}`} aria-labelledby="logged-metrics">
      <h2 id="logged-metrics">Metrics</h2>
      {!data && error === null && <SkeletonRows count={4} />}
      {!data && error !== null && <ErrorState title="The metrics could not be read" message={messageOf(error)} onRetry={() => void refetch()} />}
      {data && data.metrics.length === 0 && (
        <EmptyState
          form="row"
          icon={IconChartLine}
          title="No metrics"
          hint={
            <>
              What the run logs with <code>mlflow.log_metric</code> shows here.
            </>
          }
        />
      )}
      {data && data.metrics.length > 0 && (
        <>
          <MetricValues metrics={data.metrics} />
          <div className={classes.curves}>
            <MetricCurves metrics={data.metrics} />
          </div>
        </>
      )}
      <LoggedFiles address={{ tracked: run.id }} isOver={isOver} askEveryMs={askEveryMs} />
    </section>
  );
}
