import { describe, expect, it } from 'vitest';
import { stepNumber } from './step-number.ts';

describe('an arrow key in a number', () => {
  it.each([
    [7, 1, { type: 'integer' }, 8],
    [7, -10, { type: 'integer', min: 0 }, 0],
    [0.7, 1, { type: 'number', min: 0, max: 1 }, 0.71],
    [0.29, 1, { type: 'number', min: 0, max: 1 }, 0.3],
    [1, 1, { type: 'number', min: 0, max: 1 }, 1],
    [0.001, 1, { type: 'number' }, 0.0011],
    [250, -1, { type: 'number' }, 240],
    [0, 1, { type: 'number' }, 0.1],
    [2, 1, { type: 'number', step: 0.25 }, 2.25],
    [1e-7, 1, { type: 'number' }, 1.1e-7],
  ])('%d by %d is %j → %d', (value, by, range, next) => {
    expect(stepNumber(value, by, range)).toBe(next);
  });
});
