import { isStepEnded } from '@pipewright/shared/run/status.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import type { Metric } from '@pipewright/shared/http/runs.ts';
import type { ReactNode } from 'react';
import { metricsQuery, type StepAddress } from '../api/step-runs.ts';
import { formatDuration } from '../ui/format/duration.ts';
import { formatCount, formatValue } from '../ui/format/number.ts';
import { useNow } from '../ui/format/use-now.ts';
import classes from './mini-batches.module.css';
import { useGrowingQuery } from './use-growing-query.ts';

interface MiniBatchesProps {
  readonly address: StepAddress;
  readonly stepRun: StepRun;
}

/** How far it is comes as metrics. */
const askEveryMs = 1000;

/** How far a parallel step is: mini-batches done and failed of all, how many in a second, how long it may yet take. */
export function MiniBatches({ address, stepRun }: MiniBatchesProps) {
  const isOver = isStepEnded(stepRun.status);
  const hasStarted = stepRun.attempts > 0;
  const { data } = useGrowingQuery({ ...metricsQuery(address), enabled: hasStarted }, { isOver, askEveryMs });
  const [total, done, failed] = ['total', 'done', 'failed'].map((name) => lastOf(data?.metrics ?? [], `mini_batches_${name}`));
  if (total === undefined || total === 0) return null;
  return <Bar total={total} done={done ?? 0} failed={failed ?? 0} pace={<Pace stepRun={stepRun} worked={(done ?? 0) + (failed ?? 0)} total={total} />} />;
}

const lastOf = (metrics: readonly Metric[], name: string): number | undefined => metrics.find((metric) => metric.name === name)?.last ?? undefined;

interface BarProps {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly pace: ReactNode;
}

function Bar({ total, done, failed, pace }: BarProps) {
  const share = (count: number): string => `${Math.min(100, (100 * count) / total)}%`;
  return (
    <section className={classes.batches} aria-label="Mini-batches" data-batches={`${done} ${failed} ${total}`}>
      <p className={classes.words}>
        <b className="pw-semi pw-num">
          {formatCount(done)} of {formatCount(total)}
        </b>{' '}
        mini-batches done
        {failed > 0 && (
          <span className={classes.failed} data-st="failed">
            {formatCount(failed)} failed
          </span>
        )}
        <span className={classes.pace}>{pace}</span>
      </p>
      <div className={classes.bar} role="progressbar" aria-valuemin={0} aria-valuemax={total} aria-valuenow={done + failed} aria-label="Mini-batches worked on">
        {done > 0 && <span data-st="completed" style={{ width: share(done) }} />}
        {failed > 0 && <span data-st="failed" style={{ width: share(failed) }} />}
      </div>
    </section>
  );
}

interface PaceProps {
  readonly stepRun: StepRun;
  readonly worked: number;
  readonly total: number;
}

function Pace({ stepRun, worked, total }: PaceProps) {
  const now = useNow();
  const startedAt = 'startedAt' in stepRun ? stepRun.startedAt : undefined;
  if (startedAt === undefined || worked === 0) return null;
  const end = 'endedAt' in stepRun ? Date.parse(stepRun.endedAt) : now;
  const seconds = (end - Date.parse(startedAt)) / 1000;
  if (seconds <= 0) return null;
  const rate = worked / seconds;
  const isOver = isStepEnded(stepRun.status);
  return (
    <>
      {formatValue(Number(rate.toPrecision(2)))} per second{!isOver && worked < total && ` · ≈ ${formatDuration(((total - worked) / rate) * 1000)} to go`}
    </>
  );
}
