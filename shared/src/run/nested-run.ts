import type { RunSnapshot } from './run-snapshot.ts';
import type { StepStatus } from './status.ts';
import type { StepRun } from './step-run.ts';
import { keysInside, statusOfNested } from './nested-status.ts';

/** A pipeline inside a run as its steps make it out to be. */
export interface NestedRun {
  readonly key: string;
  readonly displayName: string;
  readonly status: StepStatus;
  /** Its processes, in the order of the run; a pipeline inside it is represented by its own. */
  readonly steps: readonly StepRun[];
  /** Where its outputs come from. */
  readonly outputs: Readonly<Record<string, { readonly step: string; readonly output: string }>>;
  /** When the first of them began; null before. */
  readonly startedAt: string | null;
  /** When the last of them ended; null while one has not. */
  readonly endedAt: string | null;
}

/** The pipelines inside a run, each before those inside it. */
export function nestedRunsOf({ nested }: Pick<RunSnapshot, 'nested'>, steps: readonly StepRun[]): NestedRun[] {
  const byKey = new Map(steps.map((step) => [step.key, step]));
  const keys = [...byKey.keys()];
  return Object.entries(nested ?? {}).map(([key, { displayName, outputs }]) => {
    const inside = keysInside(keys, key).flatMap((step) => byKey.get(step) ?? []);
    const begun = inside.flatMap((step) => ('startedAt' in step && step.startedAt !== undefined ? [step.startedAt] : []));
    const ended = inside.flatMap((step) => ('endedAt' in step ? [step.endedAt] : []));
    return {
      key,
      displayName,
      status: statusOfNested(inside.map(({ status }) => status)),
      steps: inside,
      outputs,
      startedAt: begun.toSorted()[0] ?? null,
      endedAt: ended.length === inside.length ? (ended.toSorted().at(-1) ?? null) : null,
    };
  });
}
