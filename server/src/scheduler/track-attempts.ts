import { createHash } from 'node:crypto';
import type { RunEvent } from '@pipewright/shared/run/run-event.ts';
import type { RunSummary } from '@pipewright/shared/run/run.ts';
import type { RunEffect } from '../engine/run-effect.ts';
import type { TrackedAttempt } from '../store/store.ts';

interface Attempt {
  readonly step: string;
  readonly attempt: number;
}

/** 32 hex digits, as MLflow's own ids; the same for the same attempt, so that a repeated start is one tracked run. */
export function trackingIdOf({ id, queuedAt }: Pick<RunSummary, 'id' | 'queuedAt'>, { step, attempt }: Attempt): string {
  return createHash('sha256').update(`${id}/${step}@${attempt}/${queuedAt}`).digest('hex').slice(0, 32);
}

/**
 * What an event means for the runs that steps' own MLflow clients see: there before the process is started, and ended as
 * the attempt ended. Stored with the event, so that the two always agree.
 */
export function trackAttempts(run: RunSummary, event: RunEvent, effects: readonly RunEffect[]): TrackedAttempt[] {
  const at = Date.parse(event.at);
  const tracked = ({ step, attempt }: Attempt, status: TrackedAttempt['status']): TrackedAttempt => {
    return { id: trackingIdOf(run, { step, attempt }), step, attempt, at, status };
  };
  const scheduled = effects.flatMap((effect) => (effect.type === 'startAttempt' ? [tracked(effect, 'SCHEDULED')] : []));
  switch (event.type) {
    case 'step:started':
      return [...scheduled, tracked(event, 'RUNNING')];
    case 'step:exited':
      return [...scheduled, tracked(event, event.end.kind === 'exited' && event.end.exitCode === 0 ? 'FINISHED' : 'FAILED')];
    case 'step:interrupted':
      return [...scheduled, tracked(event, 'KILLED')];
    default:
      return scheduled;
  }
}
