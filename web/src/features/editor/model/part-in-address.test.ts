import { describe, expect, it } from 'vitest';
import type { PartOfRun } from '@pipewright/shared/run/run-part.ts';
import { partInAddress, readPartInAddress } from './part-in-address.ts';

describe('a part of the pipeline in the address', () => {
  it.each<[PartOfRun, string]>([
    [{ to: 'train' }, 'to:train'],
    [{ from: 'outer/split' }, 'from:outer/split'],
    [{ from: 'split', to: 'train' }, 'from:split to:train'],
    [{ only: ['train', 'score'] }, 'only:train,score'],
    [{}, ''],
  ])('%j is %s, and is read back', (part, text) => {
    expect(partInAddress(part)).toBe(text);
    expect(readPartInAddress(text)).toEqual(part);
  });

  it.each(['plan', 'forced', 'to:', 'nonsense here'])('is all of it where the address says %s', (text) => {
    expect(readPartInAddress(text)).toEqual({});
  });
});
