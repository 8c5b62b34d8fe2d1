import { expect, it } from 'vitest';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { formatProblems } from './print-problems.ts';

const at = (line: number, about: Partial<Problem> = {}): Problem => ({
  severity: 'note',
  code: 'kept-only',
  message: 'Kept.',
  file: '/x/p.yml',
  line,
  column: 3,
  ...about,
});

it('says once what is said of many places, and every error', () => {
  const wrong = { severity: 'error', message: 'Wrong.' } as const;
  expect(formatProblems([at(1), at(2, wrong), at(3), at(4), at(5, wrong), at(6, wrong), at(7, { message: 'Else.' })])).toEqual([
    '/x/p.yml:1:3: note Kept. The same at 2 more places.',
    '/x/p.yml:2:3: error Wrong.',
    '/x/p.yml:5:3: error Wrong.',
    '/x/p.yml:6:3: error Wrong.',
    '/x/p.yml:7:3: note Else.',
  ]);
  expect(formatProblems([at(1), at(2)])).toHaveLength(2);
});
