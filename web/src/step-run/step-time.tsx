import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { Countdown, Duration, Elapsed } from '../ui/format/elapsed.tsx';

/** How long a step has been at it, or took; a dash where it did not run. */
export function StepTime({ step }: { readonly step: StepRun }) {
  switch (step.status) {
    case 'preparing':
    case 'queued':
    case 'finalizing':
      return <Elapsed since={step.since} />;
    case 'running':
      return <Elapsed since={step.startedAt} />;
    case 'retrying':
      return <Countdown until={step.until} />;
    case 'completed':
      return <Duration from={step.startedAt} to={step.endedAt} />;
    case 'failed':
    case 'timed-out':
    case 'lost':
    case 'cancelled':
      return step.startedAt === undefined ? '–' : <Duration from={step.startedAt} to={step.endedAt} />;
    case 'reused':
      return '';
    case 'waiting':
    case 'skipped':
    case 'blocked':
      return '–';
    default:
      return assertNever(step);
  }
}
