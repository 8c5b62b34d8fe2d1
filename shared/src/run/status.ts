import { z } from 'zod';

/** Where a step of a run is. One line each: */
export const StepStatus = z.enum([
  'waiting', // for what it reads
  'preparing', // its environment is being built
  'queued', // ready, no free slot
  'running',
  'finalizing', // its outputs are being collected and hashed
  'completed',
  'reused', // an earlier result stands in
  'failed',
  'cancelled', // by a person, or because the run stopped
  'timed-out',
  'skipped', // its condition is false, or all it could read was skipped
  'blocked', // something above it failed
  'retrying', // between two attempts
  'lost', // nobody can say how the attempt ended
]);
export type StepStatus = z.infer<typeof StepStatus>;

export const RunStatus = z.enum(['queued', 'running', 'cancelling', 'completed', 'failed', 'cancelled', 'timed-out']);
export type RunStatus = z.infer<typeof RunStatus>;

const endedSteps: ReadonlySet<StepStatus> = new Set(['completed', 'reused', 'failed', 'cancelled', 'timed-out', 'skipped', 'blocked', 'lost']);
const endedRuns: ReadonlySet<RunStatus> = new Set(['completed', 'failed', 'cancelled', 'timed-out']);

export const isStepEnded = (status: StepStatus): boolean => endedSteps.has(status);
export const isRunEnded = (status: RunStatus): boolean => endedRuns.has(status);
/** Its outputs are there to be read. */
export const isStepDone = (status: StepStatus): boolean => status === 'completed' || status === 'reused';

/** From worst to best: what a run or a group shows for all of its steps. */
export const statusesByWeight = [
  'failed',
  'timed-out',
  'lost',
  'retrying',
  'running',
  'finalizing',
  'preparing',
  'queued',
  'waiting',
  'blocked',
  'cancelled',
  'skipped',
  'completed',
  'reused',
] as const satisfies readonly StepStatus[];
