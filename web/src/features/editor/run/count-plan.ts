import type { Plan, PlannedStep } from '@pipewright/shared/run/plan.ts';
import { countOf } from '../../../ui/format/number.ts';

interface PlanCounts {
  readonly run: number;
  /** Whether they run depends on bytes that do not exist yet. */
  readonly mayRun: number;
  readonly reuse: number;
  /** Outside the part that is run: their earlier results stand in. */
  readonly standIn: number;
}

export function countPlan(plan: Plan): PlanCounts {
  const counted = { run: 0, 'run-or-reuse': 0, reuse: 0, 'stand-in': 0 };
  for (const step of plan.steps) counted[isStandIn(step) ? 'stand-in' : step.decision] += 1;
  return { run: counted.run, mayRun: counted['run-or-reuse'], reuse: counted.reuse, standIn: counted['stand-in'] };
}

/** It is not among the steps that are run: an earlier result of it is read. */
export const isStandIn = ({ reasons }: PlannedStep): boolean => reasons[0]?.code === 'outside';

/** `7`, or `1–7` where it is not known yet. */
export const runRange = ({ run, mayRun }: PlanCounts): string => (mayRun === 0 ? `${run}` : `${run}–${run + mayRun}`);

/** What the button that starts the run says: *Run 7 steps, reuse 5*. */
export function submitLabel(plan: Plan | null): string {
  if (!plan) return 'Run';
  const counts = countPlan(plan);
  const { run, mayRun, reuse } = counts;
  if (run + mayRun === 0 && reuse > 0) return `Reuse all ${reuse} steps`;
  const steps = mayRun === 0 ? countOf(run, 'step') : `${runRange(counts)} steps`;
  return reuse === 0 ? `Run ${steps}` : `Run ${steps}, reuse ${reuse}`;
}
