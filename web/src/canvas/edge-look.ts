import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { StepStatus } from '@pipewright/shared/run/status.ts';

/** How an edge is drawn. Type is on the port, status on the edge. */
export type EdgeLook = 'plain' | 'ready' | 'reused' | 'flowing' | 'pending' | 'blocked' | 'broken' | 'added' | 'removed';

type Status = StepStatus | 'none';

export function edgeLook({ source, target }: { readonly source: Status; readonly target: Status }): EdgeLook {
  if (isAtWork(target)) return 'flowing';
  switch (source) {
    case 'none':
      return 'plain';
    case 'completed':
      return 'ready';
    case 'reused':
      return 'reused';
    case 'failed':
    case 'timed-out':
    case 'cancelled':
    case 'skipped':
    case 'lost':
    case 'blocked':
      return 'blocked';
    case 'waiting':
    case 'preparing':
    case 'queued':
    case 'running':
    case 'finalizing':
    case 'retrying':
      return 'pending';
    default:
      return assertNever(source);
  }
}

const isAtWork = (status: Status): boolean => status === 'preparing' || status === 'running' || status === 'finalizing' || status === 'retrying';
