import { expect, it } from 'vitest';
import { literalWords } from './literal-words.ts';

const folds = { type: 'integer', min: 1, max: 21 };

it.each([
  [0, folds, 'must be between 1 and 21, not 0', true],
  ['many', folds, 'must be a whole number, not "many"', true],
  [5.5, folds, 'Of 5.5, 5 is used.', false],
  [0.5, { type: 'integer' }, 'Of 0.5, 0 is used.', false],
  [0.5, folds, 'must be between 1 and 21, not 0', true],
  ['lbfgz', { type: 'string', enum: ['lbfgs', 'saga'] }, expect.stringMatching(/^Should be one of lbfgs, saga/), false],
])('says of %j for %j what it is not', (value, declared, text, isError) => {
  expect(literalWords(value, declared)).toEqual({ text, isError });
});

it('says nothing of what may stand there, nor where nothing is declared', () => {
  for (const declared of [folds, { path: './data' }, 5, null]) expect(literalWords(7, declared)).toBeNull();
});
