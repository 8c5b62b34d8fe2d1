import type { Condition } from '@pipewright/shared/conditions/condition.ts';
import { referencesOf } from '@pipewright/shared/conditions/condition-references.ts';
import { sourcesOfInput, type RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import type { RunStatus } from '@pipewright/shared/run/status.ts';
import { countStatuses, type StepCounts, type StepRun } from '@pipewright/shared/run/step-run.ts';
import type { Fingerprint } from './fingerprint.ts';
import { LayeredMap } from './layered-map.ts';
import { conditionOf } from './scoped-condition.ts';
import type { Loop } from './loop.ts';

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
 * An interrupted attempt goes back to preparing, with the next attempt's number; a failed one too, if the step may try
 * again, after a wait (*retrying*). A waiting step whose condition is false, or whose sources were skipped, is *skipped*.
 */
export interface RunState {
  readonly status: RunStatus;
  readonly steps: LayeredMap<string, StepRun>;
  /** How many of them have not ended. */
  readonly left: number;
  /** How many steps of the snapshot stand where; the items of a loop are counted by the loop. */
  readonly counts: StepCounts;
  /** Steps whose fingerprint is being looked up. */
  readonly deciding: LayeredMap<string, Fingerprint>;
  /** Queued steps that were sent to the slots. */
  readonly dispatched: LayeredMap<string, true>;
  /** Queued steps that the pipeline's own limit holds back, in the order in which they came. */
  readonly held: LayeredMap<string, true>;
  /** Why no further step may begin and running ones are stopped; null while the run goes on. */
  readonly stop: StopCause | null;
  /** The step that runs last, whatever became of the others. */
  readonly finalStep: string | null;
  /** Loops whose items are being found out. */
  readonly expanding: ReadonlySet<string>;
  /** Steps that are sweeps; never changes. */
  readonly sweeps: ReadonlySet<string>;
  /** Loops whose items are known, by the key of their step. */
  readonly loops: ReadonlyMap<string, Loop>;
}

export type StopCause =
  | { readonly kind: 'cancelled'; readonly by: string }
  /** With `continue_on_step_failure: false`. */
  | { readonly kind: 'step-failed'; readonly step: string }
  /** The run's own limit. */
  | { readonly kind: 'timed-out' };

/** A person's cancel ends everything; any other stop leaves the last step to be done. */
export function isSpared({ stop, finalStep }: Pick<RunState, 'stop' | 'finalStep'>, key: string): boolean {
  return stop === null || (stop.kind !== 'cancelled' && key === finalStep);
}

/** What a step waits for. */
export interface StepLinks {
  readonly data: readonly { readonly step: string; readonly isOptional: boolean }[];
  /** Steps that it comes after without reading them. */
  readonly after: readonly string[];
  readonly condition: Condition | null;
  /** All of them, with those that its condition speaks of, each once. */
  readonly above: readonly string[];
}

/** What never changes during a run, in the form that a turn needs. */
export interface EnginePlan {
  readonly snapshot: RunSnapshot;
  readonly links: ReadonlyMap<string, StepLinks>;
  /** Step → who waits for it, in the snapshot's order. */
  readonly consumers: ReadonlyMap<string, readonly string[]>;
  /** Step → its place in the topological order. */
  readonly places: ReadonlyMap<string, number>;
}

export function toEnginePlan(snapshot: RunSnapshot): EnginePlan {
  const keys = Object.keys(snapshot.steps);
  const links = new Map(keys.map((key) => [key, linksOf(snapshot, key)]));
  const consumers = new Map<string, string[]>(keys.map((key) => [key, []]));
  for (const [key, { above }] of links) for (const source of above) consumers.get(source)?.push(key);
  return { snapshot, links, consumers, places: new Map(keys.map((key, index) => [key, index])) };
}

function linksOf(snapshot: RunSnapshot, key: string): StepLinks {
  const step = snapshot.steps[key];
  const isThere = (source: string): boolean => Object.hasOwn(snapshot.steps, source);
  const over = step?.control?.forEach?.items;
  const items = over?.kind === 'output' ? [{ step: over.step, isOptional: false }] : [];
  const data = [...Object.values(step?.inputs ?? {}).flatMap(sourcesOfInput), ...items];
  const after = (step?.control?.after ?? []).filter(isThere);
  const condition = step?.control ? conditionOf(snapshot, step.control) : null;
  const asked = condition ? referencesOf(condition).flatMap((binding) => ('step' in binding ? processesOf(snapshot, binding.step) : [])) : [];
  const others = key === snapshot.finalStep ? Object.keys(snapshot.steps).filter((other) => other !== key) : [];
  return { data, after, condition, above: [...new Set([...data.map((source) => source.step), ...after, ...asked, ...others])] };
}

/** A step of the run, or all that a pipeline in it consists of. */
export function processesOf({ steps, nested }: RunSnapshot, key: string): string[] {
  if (Object.hasOwn(steps, key)) return [key];
  return nested && Object.hasOwn(nested, key) ? Object.keys(steps).filter((step) => step.startsWith(`${key}/`)) : [];
}

export function initialSteps(snapshot: RunSnapshot): StepRun[] {
  return Object.entries(snapshot.steps).map(([key, step]) => ({ key, status: 'waiting', attempts: 0, notes: step.notes }));
}

export function initialRunState(snapshot: RunSnapshot): RunState {
  const steps = initialSteps(snapshot);
  return {
    status: 'queued',
    steps: new LayeredMap(new Map(steps.map((step) => [step.key, step]))),
    left: steps.length,
    counts: countStatuses(steps),
    deciding: new LayeredMap(),
    dispatched: new LayeredMap(),
    held: new LayeredMap(),
    stop: null,
    finalStep: snapshot.finalStep ?? null,
    expanding: new Set(),
    sweeps: new Set(Object.entries(snapshot.steps).flatMap(([key, step]) => (step.control?.sweep ? [key] : []))),
    loops: new Map(),
  };
}
