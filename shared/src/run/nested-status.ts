import { splitItemKey } from './item-key.ts';
import type { StepStatus } from './status.ts';
import { isStepEnded } from './status.ts';

const failures: readonly StepStatus[] = ['failed', 'timed-out', 'lost'];
/** Of these the first that one of its steps has, once all have ended. */
const endings: readonly StepStatus[] = [...failures, 'cancelled', 'blocked'];
/** What its steps are at before one of them has begun, the furthest first. */
const beginnings: readonly StepStatus[] = ['queued', 'preparing'];

/** Where a pipeline inside a run stands, given where its steps stand: it has no process of its own. */
export function statusOfNested(steps: readonly StepStatus[]): StepStatus {
  const has = (status: StepStatus): boolean => steps.includes(status);
  if (steps.every(isStepEnded)) {
    const worst = endings.find(has);
    if (worst) return worst;
    const ran = steps.filter((status) => status !== 'skipped');
    if (ran.length === 0) return steps.length === 0 ? 'completed' : 'skipped';
    return ran.every((status) => status === 'reused') ? 'reused' : 'completed';
  }
  const begun = steps.filter((status) => status !== 'waiting');
  if (begun.length === 0) return 'waiting';
  const isUnderWay = begun.some((status) => !beginnings.includes(status));
  return isUnderWay ? 'running' : (beginnings.find(has) ?? 'waiting');
}

/** Of these keys those of the processes inside a pipeline; the items of a loop and the trials of a sweep stand for their step. */
export function keysInside(keys: readonly string[], pipeline: string): string[] {
  const inside = keys.filter((key) => key.startsWith(`${pipeline}/`));
  const known = new Set(inside);
  return inside.filter((key) => !known.has(splitItemKey(key)?.loop ?? ''));
}
