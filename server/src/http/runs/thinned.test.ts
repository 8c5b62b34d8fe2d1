import { describe, expect, it } from 'vitest';
import { thinned } from './thinned.ts';

describe('thinned', () => {
  it('leaves a short course as it is', () => {
    const points = [{ value: 1 }, { value: null }];
    expect(thinned(points)).toEqual(points);
  });

  it('keeps the ends and every peak of a long one, in order', () => {
    const points = Array.from({ length: 100_000 }, (_, step) => ({ step, value: step === 77_777 ? 9 : step === 33_333 ? -9 : Math.sin(step / 500) }));
    const kept = thinned(points);
    expect(kept.length).toBeLessThanOrEqual(1000);
    expect(kept.map(({ step }) => step)).toEqual(kept.map(({ step }) => step).toSorted((a, b) => a - b));
    expect([kept[0]?.step, kept.at(-1)?.step]).toEqual([0, 99_999]);
    expect(kept.map(({ step }) => step)).toEqual(expect.arrayContaining([77_777, 33_333]));
  });

  it('shows where there are numbers among what are none', () => {
    const points = Array.from({ length: 50 }, (_, step) => ({ step, value: step === 20 ? 1 : null }));
    expect(thinned(points, 10).map(({ step }) => step)).toContain(20);
  });
});
