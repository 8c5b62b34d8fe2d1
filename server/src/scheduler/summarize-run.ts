import type { Instant } from '@pipewright/shared/ids.ts';
import type { RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import type { RunSummary } from '@pipewright/shared/run/run.ts';
import { isRunEnded } from '@pipewright/shared/run/status.ts';
import { countStatuses, type StepRun } from '@pipewright/shared/run/step-run.ts';
import type { RunState } from '../engine/run-state.ts';

/** A run as lists show it after a turn. */
export function summarizeRun(before: RunSummary, state: RunState, { snapshot, at, seq }: { snapshot: RunSnapshot; at: Instant; seq: number }): RunSummary {
  return {
    ...before,
    status: state.status,
    endedAt: isRunEnded(state.status) ? (before.endedAt ?? at) : null,
    // The items of a loop are counted by the loop.
    counts: countStatuses([...state.steps.values()].filter(({ key }) => Object.hasOwn(snapshot.steps, key))),
    error: firstError(state, snapshot) ?? before.error,
    lastSeq: seq,
  };
}

function firstError(state: RunState, snapshot: RunSnapshot): string | undefined {
  for (const row of state.steps.values()) {
    if (!hasFailure(row)) continue;
    const name = snapshot.steps[row.key]?.displayName ?? row.key;
    return `${name}: ${row.failure.firstError ?? row.failure.message}`;
  }
  return undefined;
}

function hasFailure(row: StepRun): row is Extract<StepRun, { status: 'failed' | 'timed-out' | 'lost' }> {
  return row.status === 'failed' || row.status === 'timed-out' || row.status === 'lost';
}
