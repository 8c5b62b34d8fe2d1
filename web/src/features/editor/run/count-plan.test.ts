// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { Plan } from '@pipewright/shared/run/plan.ts';
import { countPlan, runRange, submitLabel } from './count-plan.ts';

type Decision = Plan['steps'][number]['decision'];

const planOf = (...decisions: Decision[]): Plan => ({
  steps: decisions.map((decision, index) => ({ key: `s${index}`, displayName: 'S', decision, reasons: [], donor: null, expectedMs: null })),
  problems: [],
});

describe('what a plan comes to', () => {
  it.each<[Decision[], string, string]>([
    [['run', 'run', 'reuse'], '2', 'Run 2 steps, reuse 1'],
    [['run'], '1', 'Run 1 step'],
    [['reuse', 'reuse'], '0', 'Reuse all 2 steps'],
    [['run', 'run-or-reuse', 'reuse'], '1–2', 'Run 1–2 steps, reuse 1'],
    [['run-or-reuse', 'run-or-reuse'], '0–2', 'Run 0–2 steps'],
  ])('of %j is not said to be more than is known', (decisions, range, label) => {
    const plan = planOf(...decisions);
    expect(runRange(countPlan(plan))).toBe(range);
    expect(submitLabel(plan)).toBe(label);
  });

  it('is nothing yet without a plan', () => {
    expect(submitLabel(null)).toBe('Run');
  });
});
