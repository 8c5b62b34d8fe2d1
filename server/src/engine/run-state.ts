import type { RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import type { RunStatus } from '@pipewright/shared/run/status.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import type { Fingerprint } from './fingerprint.ts';

/**
 * How a step lives in a run.
 *
 *     waiting ──(all it reads has ended)──> waiting, deciding ──> reused
 *                                                 │
 *                                                 └──> preparing ──> queued ──> running ──> finalizing ──> completed
 *
 * *Deciding* looks like waiting from outside: its fingerprint is known and is being looked up. *Queued* has two moods as
 * well: held back by the pipeline's own `max_parallel`, or *dispatched* to the machine's slots. From every state before
 * its end a step can become *cancelled*; a waiting one becomes *blocked* when something it must read can never come.
 * An interrupted attempt goes back to preparing, with the next attempt's number.
 */
export interface RunState {
  readonly status: RunStatus;
  readonly steps: ReadonlyMap<string, StepRun>;
  /** Steps whose fingerprint is being looked up. */
  readonly deciding: ReadonlyMap<string, Fingerprint>;
  /** Queued steps that were sent to the slots. */
  readonly dispatched: ReadonlySet<string>;
  /** Why no further step may begin and running ones are stopped; null while the run goes on. */
  readonly stop: StopCause | null;
}

export type StopCause =
  | { readonly kind: 'cancelled'; readonly by: string }
  /** With `continue_on_step_failure: false`. */
  | { readonly kind: 'step-failed'; readonly step: string };

/** What never changes during a run, in the form that a turn needs. */
export interface EnginePlan {
  readonly snapshot: RunSnapshot;
  /** Step → who reads its outputs, in the snapshot's order. */
  readonly consumers: ReadonlyMap<string, readonly string[]>;
}

export function toEnginePlan(snapshot: RunSnapshot): EnginePlan {
  const consumers = new Map<string, string[]>(Object.keys(snapshot.steps).map((key) => [key, []]));
  for (const [key, step] of Object.entries(snapshot.steps)) {
    const sources = new Set(Object.values(step.inputs).flatMap((input) => (input.kind === 'output' ? [input.step] : [])));
    for (const source of sources) consumers.get(source)?.push(key);
  }
  return { snapshot, consumers };
}

export function initialSteps(snapshot: RunSnapshot): StepRun[] {
  return Object.entries(snapshot.steps).map(([key, step]) => ({ key, status: 'waiting', attempts: 0, notes: step.notes }));
}

export function initialRunState(snapshot: RunSnapshot): RunState {
  return {
    status: 'queued',
    steps: new Map(initialSteps(snapshot).map((step) => [step.key, step])),
    deciding: new Map(),
    dispatched: new Set(),
    stop: null,
  };
}
