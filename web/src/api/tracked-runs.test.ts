import { describe, expect, it, vi } from 'vitest';
import { trackedPaceOf, type TrackedRun } from './tracked-runs.ts';

const now = Date.parse('2026-11-20T10:00:00.000Z');
const aRun = (status: TrackedRun['status'], agoMs: number) => ({ status, changedAt: new Date(now - agoMs).toISOString() });

describe('the pace at which tracked runs are asked for', () => {
  it.each([
    ['none', [], false],
    ['those that are over', [aRun('completed', 0), aRun('failed', 0)], false],
    ['one that has just logged', [aRun('completed', 0), aRun('running', 59_000)], 3000],
    ['one that has not begun long ago', [aRun('queued', 3_600_000)], 30_000],
    ['one that is silent, and may be dead', [aRun('running', 61_000), aRun('completed', 0)], 30_000],
    ['a silent one beside one that logs', [aRun('running', 61_000), aRun('running', 0)], 3000],
  ])('of %s', (_which, runs, pace) => {
    vi.useFakeTimers({ now, toFake: ['Date'] });
    try {
      expect(trackedPaceOf(runs)).toBe(pace);
    } finally {
      vi.useRealTimers();
    }
  });
});
