import type { Instant } from '@pipewright/shared/ids.ts';
import type { RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import type { RunSummary } from '@pipewright/shared/run/run.ts';
import { isRunEnded } from '@pipewright/shared/run/status.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import type { RunState } from '../engine/run-state.ts';

/** What of an event a summary needs. */
interface TurnFacts {
  readonly snapshot: RunSnapshot;
  readonly changed: readonly StepRun[];
  readonly at: Instant;
  readonly seq: number;
}

/** A run as lists show it after a turn; of several failures it names the first. One that completed has failed in nothing: a trial that failed is its sweep's own matter. */
export function summarizeRun(before: RunSummary, state: RunState, { snapshot, changed, at, seq }: TurnFacts): RunSummary {
  return {
    ...before,
    status: state.status,
    endedAt: isRunEnded(state.status) ? (before.endedAt ?? at) : null,
    counts: state.counts,
    error: state.status === 'completed' ? null : (before.error ?? firstError(changed, snapshot)),
    lastSeq: seq,
  };
}

function firstError(changed: readonly StepRun[], snapshot: RunSnapshot): string | null {
  const row = changed.find(hasFailure);
  if (!row) return null;
  const name = snapshot.steps[row.key]?.displayName ?? row.key;
  return `${name}: ${row.failure.firstError ?? row.failure.message}`;
}

function hasFailure(row: StepRun): row is Extract<StepRun, { status: 'failed' | 'timed-out' | 'lost' }> {
  return row.status === 'failed' || row.status === 'timed-out' || row.status === 'lost';
}
