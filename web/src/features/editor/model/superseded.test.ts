import { describe, expect, it, vi } from 'vitest';
import type { PlannedStep } from '@pipewright/shared/run/plan.ts';
import { completedStep } from '../../../testing/run-builders.ts';
import { isSuperseded } from './superseded.ts';

const reuse = (key: string, run: string): PlannedStep => ({
  key,
  displayName: key,
  decision: 'reuse',
  reasons: [{ code: 'same', text: '' }],
  donor: { run, step: key },
  expectedMs: null,
});
const steps = { train: completedStep('train'), 'outer/in': completedStep('outer/in') };

describe('a result that is shown', () => {
  it.each([
    ['is the next one where it stands in for it', reuse('train', '42'), { step: 'train' }, false],
    ['is not where another run has the one that fits', reuse('train', '37'), { step: 'train' }, true],
    ['is not where that is so inside of a pipeline', reuse('outer/in', '37'), { pipeline: 'outer' }, true],
    ['is where all is the same inside', reuse('outer/in', '42'), { pipeline: 'outer' }, false],
  ])('%s', (_, next, what, isIt) => {
    expect(isSuperseded({ run: '42', steps, planned: new Map([[next.key, next]]) }, what)).toBe(isIt);
    expect(isSuperseded({ run: null, steps, planned: new Map([[next.key, next]]) }, what)).toBe(false);
  });

  it('is looked for in a plan once, however often a pipeline asks', () => {
    const planned = new Map([['outer/in', reuse('outer/in', '42')]]);
    const read = vi.spyOn(planned, 'keys');
    for (const _ of [1, 2, 3]) isSuperseded({ run: '42', steps, planned }, { pipeline: 'outer' });
    expect(read).toHaveBeenCalledTimes(1);
  });
});
