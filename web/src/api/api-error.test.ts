import { expect, it } from 'vitest';
import { ApiError, firstProblemOf } from './api-error.ts';

it('says at a form the first thing that is wrong with it, else why nothing came of it', () => {
  const refused = { type: 'about:blank', status: 422, code: 'invalid', title: 'It is refused.' };
  expect(firstProblemOf(new ApiError({ ...refused, problems: [{ severity: 'error', code: 'out-of-range', message: 'It has a name already.' }] }))).toBe(
    'It has a name already.',
  );
  expect(firstProblemOf(new ApiError({ ...refused, problems: [] }))).toBe('It is refused.');
  expect(firstProblemOf(new Error('Nothing was heard.'))).toBe('Nothing was heard.');
});
