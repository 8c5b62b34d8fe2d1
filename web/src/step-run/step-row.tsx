import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { memo, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useStepRun } from '../realtime/run-store.ts';
import { StatusIcon } from '../ui/status/status-icon.tsx';
import { statusWord } from '../ui/status/status-looks.ts';
import { stepHref } from './step-href.ts';
import { StepTime } from './step-time.tsx';
import classes from './step-run.module.css';

interface StepRowProps {
  readonly run: string;
  readonly step: string;
  readonly title: string;
  /** The pipelines that it is in below the one whose steps are listed, as far as there is room for them. */
  readonly way?: string;
  /** With which it opens. */
  readonly tab?: string;
  /** In place of going to its page. */
  readonly onChoose?: (step: string) => void;
}

/** A step of a run in a list: how it stands, why it ran or did not, how long it took; it opens the step. */
export const StepRow = memo(function StepRow({ run, step, title, way = '', tab = 'logs', onChoose }: StepRowProps) {
  const stepRun = useStepRun(run, step);
  if (!stepRun) return null;
  return (
    <li>
      <Opener href={stepHref({ run, step, tab })} onOpen={onChoose && (() => onChoose(step))} stepRun={stepRun}>
        <StatusIcon status={stepRun.status} />
        <span className={classes.stepName} title={`${way}${title}`}>
          {way !== '' && <span className={classes.stepWay}>{way}</span>}
          <span className="pw-clip">{title}</span>
          <span className="pw-hidden">, {statusWord(stepRun.status).toLowerCase()}</span>
        </span>
        <span className={classes.stepCause} title={causeOf(stepRun)}>
          {causeOf(stepRun)}
        </span>
        <span className={classes.outlineTime}>
          <StepTime step={stepRun} />
        </span>
      </Opener>
    </li>
  );
});

interface OpenerProps {
  readonly href: string;
  readonly onOpen: (() => void) | undefined;
  readonly stepRun: StepRun;
  readonly children: ReactNode;
}

function Opener({ href, onOpen, stepRun, children }: OpenerProps) {
  const about = { className: classes.stepRow, 'data-step-row': stepRun.key, 'data-st': stepRun.status };
  return onOpen ? (
    <button type="button" {...about} onClick={onOpen}>
      {children}
    </button>
  ) : (
    <Link to={href} {...about}>
      {children}
    </Link>
  );
}

/** In a few words what decided about it. */
function causeOf(stepRun: StepRun): string {
  if (stepRun.status === 'reused') return `reused from run ${stepRun.donor.run}`;
  if ('failure' in stepRun) return stepRun.failure.firstError ?? stepRun.failure.message;
  if (stepRun.status === 'skipped') return stepRun.why;
  if (stepRun.status === 'blocked') return `blocked by ${stepRun.by.join(', ')}`;
  if (stepRun.status === 'preparing') return stepRun.detail;
  const [reason] = 'reasons' in stepRun ? (stepRun.reasons ?? []) : [];
  return reason?.text ?? '';
}
