import type { PlannedStep } from '@pipewright/shared/run/plan.ts';
import type { ReasonCode } from '@pipewright/shared/run/reason.ts';

/** Why a step runs, or may run, that would give what it has given: nothing about it is different. */
const sameAsBefore: ReadonlySet<ReasonCode> = new Set(['per-item', 'conditional', 'not-deterministic', 'never-reused', 'forced']);

/**
 * The steps whose last results are out of date: something that they are made of is different, or something above them.
 * A plan names each step after those that it reads.
 */
export function staleSteps(steps: readonly PlannedStep[]): ReadonlySet<string> {
  const stale = new Set<string>();
  for (const { key, decision, reasons } of steps) {
    const isStale = reasons.some(({ code, subject }) => (code === 'upstream-will-run' ? stale.has(subject ?? '') : !sameAsBefore.has(code)));
    if (decision !== 'reuse' && isStale) stale.add(key);
  }
  return stale;
}

/** Whether a step of a pipeline inside is out of date. */
export const isStaleInside = (stale: ReadonlySet<string>, pipeline: string): boolean => [...stale].some((key) => key.startsWith(`${pipeline}/`));
