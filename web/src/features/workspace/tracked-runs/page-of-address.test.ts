import { describe, expect, it } from 'vitest';
import { pageOfAddress } from './page-of-address.ts';

describe('pageOfAddress', () => {
  it.each([
    ['#/experiments/3/runs/0a1b', '/tracked/0a1b'],
    ['#/experiments/3/runs/0a1b/artifacts/model', '/tracked/0a1b'],
    ['#/experiments/3', '/runs?view=scripts&experiment=3'],
    ['#/experiments/3?searchFilter=x', '/runs?view=scripts&experiment=3'],
    ['#/experiments/3/models/m-1', '/runs?view=scripts&experiment=3'],
    ['#/models/churn/versions/2', '/models/churn'],
    ['#/experiments', '/runs?view=scripts'],
    ['#/compare-runs?runs=["a"]', '/runs?view=scripts'],
    ['', '/runs?view=scripts'],
  ])('leads from %s to %s', (hash, page) => {
    expect(pageOfAddress(hash)).toBe(page);
  });
});
