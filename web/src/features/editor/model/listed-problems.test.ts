import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { describe, expect, it } from 'vitest';
import { filterProblems, groupProblems, listProblems, messageOf, neighbourOf } from './listed-problems.ts';

const wide: Problem = { severity: 'error', code: 'out-of-range', message: 'train: rate must be at most 1, not 2.', step: 'train', port: 'rate' };
const slip: Problem = { severity: 'warning', code: 'irregular-value', message: 'descripton is not known.' };
const far: Problem = { severity: 'error', code: 'missing-file', message: 'No such file.', step: 'load', file: '/work/load.yml', line: 3, column: 5 };
const rows = listProblems([wide, far, slip, slip], [{ step: 'load', message: 'Load failed: no memory' }]);
const titleOf = (step: string): string => (step === 'load' ? 'Load data' : step);

describe('the list of problems', () => {
  it('has a name for each row, also for two that say the same', () => {
    expect(new Set(rows.map(({ id }) => id)).size).toBe(5);
    expect(rows[0]).toMatchObject({ kind: 'failure' });
  });

  it('is narrowed by kind and by words of the sentence, step, port and code', () => {
    const find = (text: string, ...hidden: ('error' | 'warning')[]): string[] => filterProblems(rows, { hidden: new Set(hidden), text }).map(messageOf);
    expect(find('TRAIN rate')).toEqual([wide.message]);
    expect(find('missing-file')).toEqual(['load.yml:3:5 No such file.']);
    expect(find('', 'error')).toEqual([slip.message, slip.message]);
    expect(find('nothing of the kind')).toEqual([]);
  });

  it('stands by severity or by step, those of the pipeline under its own heading', () => {
    expect(groupProblems(rows, 'severity', titleOf).map((group) => [group.title, group.rows.length])).toEqual([
      ['Errors', 3],
      ['Warnings', 2],
    ]);
    expect(groupProblems(rows, 'step', titleOf).map((group) => [group.title, group.rows.length])).toEqual([
      ['Load data', 2],
      ['train', 1],
      ['The pipeline', 2],
    ]);
  });

  it('is gone through in both ways, round the end, and from the beginning when the row is mended', () => {
    const [first, second] = rows;
    expect(neighbourOf(rows, first?.id ?? '', 1)).toBe(second);
    expect(neighbourOf(rows, first?.id ?? '', -1)).toBe(rows.at(-1));
    expect(neighbourOf(rows, rows.at(-1)?.id ?? '', 1)).toBe(first);
    expect(neighbourOf(rows, 'mended', 1)).toBe(first);
    expect(neighbourOf([], null, 1)).toBeUndefined();
  });
});
