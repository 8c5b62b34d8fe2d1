import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import type { StopCause } from './run-state.ts';

/** Rows by the key of their step, to look at. */
export type StepRows = Pick<ReadonlyMap<string, StepRun>, 'get'>;

/** What every status of a step carries on. */
export function commonOf(row: StepRun): Pick<StepRun, 'key' | 'attempts' | 'notes' | 'interruptions' | 'usage' | 'lock'> {
  const { key, attempts, notes, interruptions, usage, lock } = row;
  return {
    key,
    attempts,
    notes,
    ...(interruptions === undefined ? {} : { interruptions }),
    ...(usage === undefined ? {} : { usage }),
    ...(lock === undefined ? {} : { lock }),
  };
}

/** Who or what ended a step before its time, as its row says it. */
export function whoStopped(cause: StopCause): string {
  switch (cause.kind) {
    case 'cancelled':
      return cause.by;
    case 'step-failed':
      return `failure of ${cause.step}`;
    case 'timed-out':
      return 'time limit of the run';
    default:
      return assertNever(cause);
  }
}
