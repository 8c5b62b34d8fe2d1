import { isStepEnded } from '@pipewright/shared/run/status.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import type { StepAddress } from '../api/step-runs.ts';
import { ErrorState } from '../ui/feedback/error-state.tsx';
import { AfterPause } from '../ui/feedback/skeletons.tsx';
import { formatBytes } from '../ui/format/number.ts';
import { LogLines } from './log-lines.tsx';
import { LogTools } from './log-tools.tsx';
import classes from './logs.module.css';
import type { StepLog } from './use-log.ts';
import { useLogView } from './use-log-view.ts';

interface LogViewerProps {
  readonly address: StepAddress;
  /** The step's title, for the accessible name. */
  readonly title: string;
  readonly stepRun: StepRun;
}

/** A step's log: followed while it grows, searched, with its first error marked. */
export function LogViewer({ address, title, stepRun }: LogViewerProps) {
  // A reused step shows the log of the step run that stands in for it.
  const attempts = stepRun.status === 'reused' ? 1 : stepRun.attempts;
  const firstError = 'failure' in stepRun ? stepRun.failure.firstError : undefined;
  const view = useLogView({ address, attempts, firstError });
  const { log } = view;
  if (attempts === 0)
    return <p className={classes.nothing}>{isStepEnded(stepRun.status) ? 'It never started, so there is no log.' : 'The log begins when the step starts.'}</p>;
  return (
    <div className={classes.viewer}>
      <LogTools address={address} attempts={attempts} isEnded={log.state === 'ended' || isStepEnded(stepRun.status)} view={view} />
      {log.skippedBytes > 0 && <p className={classes.skipped}>The first {formatBytes(log.skippedBytes)} are left out here. Download the log for all of it.</p>}
      {log.lines.length > 0 && <LogLines label={`Log of ${title}`} view={view} />}
      {log.lines.length === 0 && <NoLines log={log} />}
    </div>
  );
}

function NoLines({ log }: { readonly log: StepLog }) {
  if (log.state === 'unreadable') return <ErrorState title="The log could not be read" message={log.error ?? ''} />;
  if (log.state !== 'reading') return <p className={classes.nothing}>Nothing was written.</p>;
  return (
    <AfterPause>
      <p className={classes.nothing}>Reading the log…</p>
    </AfterPause>
  );
}
