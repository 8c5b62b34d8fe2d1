import type { PlannedStep } from '@pipewright/shared/run/plan.ts';
import type { Decision, ReasonCode } from '@pipewright/shared/run/reason.ts';
import { describe, expect, it } from 'vitest';
import { isStaleInside, staleSteps } from './stale-steps.ts';

describe('what is out of date', () => {
  const step = (key: string, decision: Decision, ...reasons: [code: ReasonCode, subject?: string][]): PlannedStep => ({
    key,
    displayName: key,
    decision,
    reasons: reasons.map(([code, subject]) => ({ code, text: code, subject })),
    donor: null,
    expectedMs: null,
  });

  it('is what is different and what hangs on it, and not what runs each time or by its items', () => {
    const sweep = step('tune', 'run-or-reuse', ['per-item']);
    const below = [step('predict', 'run-or-reuse', ['upstream-will-run', 'tune']), step('score', 'run-or-reuse', ['upstream-will-run', 'predict'])];
    expect(staleSteps([step('prep', 'reuse', ['same']), sweep, ...below])).toEqual(new Set());
    expect(staleSteps([step('load', 'run', ['not-deterministic']), step('show', 'run-or-reuse', ['upstream-will-run', 'load'])])).toEqual(new Set());
    expect(staleSteps([step('load', 'run', ['forced']), step('show', 'run', ['forced'])])).toEqual(new Set());
    expect(
      staleSteps([
        step('prep', 'run', ['code-changed']),
        { ...sweep, reasons: [...sweep.reasons, ...step('', 'run', ['upstream-will-run', 'prep']).reasons] },
        ...below,
      ]),
    ).toEqual(new Set(['prep', 'tune', 'predict', 'score']));
    expect(staleSteps([step('always', 'reuse', ['always-reused'], ['code-changed'])])).toEqual(new Set());
    expect(isStaleInside(new Set(['outer/fit']), 'outer')).toBe(true);
    expect(isStaleInside(new Set(['outer/fit']), 'out')).toBe(false);
  });
});
