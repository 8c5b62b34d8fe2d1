import type { PlannedStep } from '@pipewright/shared/run/plan.ts';
import type { Reason } from '@pipewright/shared/run/reason.ts';

/** Why the next run does a step again, in the words of its strip. */
export interface RunCause {
  readonly text: string;
  /** The step above that is different, where it is not the step itself. */
  readonly origin: string | null;
}

type Planned = ReadonlyMap<string, PlannedStep>;

/** `fraction 0.70 → 0.75`, `code: train.py changed, and 1 more`, `because Split data changes`. */
export function causeOf(step: PlannedStep, planned: Planned, stale: ReadonlySet<string>): RunCause {
  const own = step.reasons.filter(isOwn);
  const [first] = own;
  if (first) return { text: `${sayReason(first)}${own.length > 1 ? `, and ${own.length - 1} more` : ''}`, origin: null };
  const above = step.reasons.flatMap(({ code, subject }) => (code === 'upstream-will-run' && subject !== undefined ? [subject] : []));
  const changing = above.find((key) => stale.has(key));
  if (changing === undefined) {
    const source = planned.get(above[0] ?? '')?.displayName;
    return { text: source === undefined ? (step.reasons[0]?.text ?? '') : `if ${source} gives other data`, origin: null };
  }
  const origin = originOf(changing, planned, stale);
  return { text: `because ${planned.get(origin)?.displayName ?? origin} changes`, origin };
}

/** Upwards, as long as a step is only out of date because of what is above it. A plan has no cycles. */
function originOf(key: string, planned: Planned, stale: ReadonlySet<string>): string {
  const step = planned.get(key);
  if (!step || step.reasons.some(isOwn)) return key;
  const above = step.reasons.find(({ code, subject }) => code === 'upstream-will-run' && subject !== undefined && stale.has(subject))?.subject;
  return above === undefined ? key : originOf(above, planned, stale);
}

/** About the step itself, not about what is above it, nor about when it is decided. */
const isOwn = ({ code }: Reason): boolean => code !== 'upstream-will-run' && code !== 'conditional' && code !== 'per-item';

function sayReason({ code, subject, before, after, text }: Reason): string {
  return code === 'input-changed' && subject !== undefined && before !== undefined && after !== undefined ? `${subject} ${before} → ${after}` : text;
}
