import { describe, expect, it } from 'vitest';
import { describePart, isPart, type PartOfRun } from './run-part.ts';

const titles: Record<string, string> = { train: 'Train Model', split: 'Split Data' };

describe('a part of a pipeline', () => {
  it.each<[PartOfRun, string]>([
    [{}, ''],
    [{ to: 'train' }, 'to Train Model'],
    [{ from: 'split' }, 'from Split Data'],
    [{ from: 'split', to: 'train' }, 'from Split Data to Train Model'],
    [{ only: ['train'] }, 'only Train Model'],
    [{ only: ['train', 'split', 'outer/inner'] }, '3 steps'],
    [{ to: 'unknown' }, 'to unknown'],
  ])('%j is called so that one knows it in a list', (part, text) => {
    expect(describePart(part, (step) => titles[step] ?? step)).toBe(text);
    expect(isPart(part)).toBe(text !== '');
  });
});
