// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { aSummary } from '../../../testing/run-builders.ts';
import { firstSteps } from './first-steps-taken.ts';

const nothing = { drafts: [], runs: [], publishedCount: 0, taken: {} };

describe('firstSteps', () => {
  it('begins with nothing taken and sends to the gallery', () => {
    const steps = firstSteps(nothing);
    expect(steps.every((step) => !step.isTaken)).toBe(true);
    expect(steps[0]?.to).toBe('/gallery');
  });

  it('sees from the runs that something was changed and run again', () => {
    const partial = { ...aSummary({ status: 'completed' }), counts: { reused: 2, completed: 1 } };
    const taken = firstSteps({ ...nothing, runs: [partial], taken: { why: true } }).filter((step) => step.isTaken);
    expect(taken.map((step) => step.title)).toEqual(['Run it', 'Change a parameter, run again', 'See why a step was reused']);
  });
});
