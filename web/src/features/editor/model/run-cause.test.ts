import { describe, expect, it } from 'vitest';
import type { PlannedStep } from '@pipewright/shared/run/plan.ts';
import type { Reason } from '@pipewright/shared/run/reason.ts';
import { causeOf } from './run-cause.ts';
import { staleSteps } from './stale-steps.ts';

const step = (key: string, ...reasons: Reason[]): PlannedStep => ({
  key,
  displayName: key.toUpperCase(),
  decision: 'run',
  reasons,
  donor: null,
  expectedMs: null,
});
const above = (subject: string): Reason => ({ code: 'upstream-will-run', subject, text: `reuses if ${subject} gives the same bytes` });
const changed: Reason = { code: 'input-changed', subject: 'fraction', before: '0.70', after: '0.75', text: 'input fraction 0.70 → 0.75' };
const code: Reason = { code: 'code-changed', subject: 'train.py', text: 'code: train.py changed' };
const conditional: Reason = { code: 'conditional', text: 'only if x' };

function causes(...steps: PlannedStep[]) {
  const planned = new Map(steps.map((one) => [one.key, one]));
  const stale = staleSteps(steps);
  return Object.fromEntries(steps.map((one) => [one.key, causeOf(one, planned, stale)]));
}

// split ──▶ train ──▶ score
describe('why a step runs again', () => {
  it('is what is different of it, or the step above that is different, however far', () => {
    expect(causes(step('split', changed, conditional), step('train', above('split')), step('score', above('train')))).toEqual({
      split: { text: 'fraction 0.70 → 0.75', origin: null },
      train: { text: 'because SPLIT changes', origin: 'split' },
      score: { text: 'because SPLIT changes', origin: 'split' },
    });
  });

  it('is its own before what is above it, and says how much more there is', () => {
    expect(causes(step('split', changed), step('train', code, changed, above('split')))['train']).toEqual({
      text: 'code: train.py changed, and 1 more',
      origin: null,
    });
  });

  it('hangs on what comes out above, where nothing is different there', () => {
    const chance: Reason = { code: 'not-deterministic', text: 'may differ each time' };
    expect(causes(step('chance', chance), step('train', above('chance')))['train']).toEqual({ text: 'if CHANCE gives other data', origin: null });
  });
});
