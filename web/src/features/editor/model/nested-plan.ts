import type { PlannedStep } from '@pipewright/shared/run/plan.ts';
import { keysInside } from '@pipewright/shared/run/nested-status.ts';
import { countOf, formatCount } from '../../../ui/format/number.ts';

type Planned = ReadonlyMap<string, PlannedStep>;

const summaries = new WeakMap<Planned, Map<string, PlannedStep | null>>();

/** What the next run does with a pipeline inside: the plan of its steps as that of one; null without a plan. */
export function nestedPlan(planned: Planned, key: string): PlannedStep | null {
  const known = summaries.get(planned) ?? new Map<string, PlannedStep | null>();
  summaries.set(planned, known);
  const summary = known.get(key);
  if (summary !== undefined) return summary;
  const next = summarize(
    key,
    keysInside([...planned.keys()], key).flatMap((step) => planned.get(step) ?? []),
  );
  known.set(key, next);
  return next;
}

function summarize(key: string, steps: readonly PlannedStep[]): PlannedStep | null {
  const first = steps.find(({ decision }) => decision !== 'reuse') ?? steps[0];
  const [reason] = first?.reasons ?? [];
  if (!first || !reason) return null;
  const running = steps.filter(({ decision }) => decision !== 'reuse').length;
  const text = running === 0 || running === steps.length ? countOf(steps.length, 'step') : `${formatCount(running)} of ${countOf(steps.length, 'step')}`;
  return { ...first, key, reasons: [{ code: reason.code, text }], donor: null, expectedMs: null };
}
