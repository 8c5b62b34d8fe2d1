import type { Run } from '@pipewright/shared/http/runs.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { isRunEnded } from '@pipewright/shared/run/status.ts';
import { Link } from 'react-router';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { useConnection } from '../../realtime/connection.ts';
import { runStoreOf, useRunSummary } from '../../realtime/run-store.ts';
import { PartChip } from '../../ui/feedback/part-chip.tsx';
import { Duration } from '../../ui/format/elapsed.tsx';
import { StatusIcon } from '../../ui/status/status-icon.tsx';
import { StatusWord } from '../../ui/status/status-word.tsx';
import { stepHref } from '../../step-run/step-href.ts';
import classes from '../../step-run/step-run.module.css';

/** How the run stands, and what went wrong first: seen without a click. */
export function RunState({ run }: { readonly run: Run }) {
  const summary = useRunSummary(run.id) ?? run;
  const connection = useConnection();
  const failed = useStore(
    runStoreOf(run.id),
    useShallow((view) => Object.values(view.steps).filter(isBroken)),
  );
  const isOn = !isRunEnded(summary.status);
  return (
    <div className={classes.state}>
      <StatusWord status={summary.status} />
      <PartChip part={summary.part} />
      <span className="pw-t2">
        <Duration from={summary.queuedAt} to={summary.endedAt} />
      </span>
      {isOn && connection !== 'connected' && <span className="pw-muted">Reconnecting…</span>}
      {failed.length > 0 && <Failures run={run} failed={failed} isOn={isOn} />}
      {failed.length === 0 && summary.error !== null && (
        <>
          <span className={classes.separator} aria-hidden />
          <span className="pw-clip pw-t2" title={summary.error}>
            {summary.error}
          </span>
        </>
      )}
    </div>
  );
}

type BrokenStep = Extract<StepRun, { status: 'failed' | 'timed-out' | 'lost' }>;

function isBroken(step: StepRun): step is BrokenStep {
  return step.status === 'failed' || step.status === 'timed-out' || step.status === 'lost';
}

interface FailuresProps {
  readonly run: Run;
  readonly failed: readonly BrokenStep[];
  readonly isOn: boolean;
}

function Failures({ run, failed, isOn }: FailuresProps) {
  const [first] = failed;
  if (!first) return null;
  const title = run.snapshot.steps[first.key]?.displayName ?? first.key;
  const cause = first.failure.firstError ?? first.failure.message;
  return (
    <>
      <span className={classes.separator} aria-hidden />
      <Link to={stepHref({ run: run.id, step: first.key })} className={classes.failure} title={`${title}: ${cause}`}>
        <StatusIcon status={first.status} />
        <span className="pw-clip">
          {failed.length > 1 ? `${failed.length} failed, first ` : ''}
          <strong className="pw-semi">{title}</strong>: <span className="pw-mono">{cause}</span>
        </span>
        {isOn && <span className="pw-muted">run continues</span>}
      </Link>
    </>
  );
}
