import { expect, it } from 'vitest';
import { isCodePath } from './component-code.ts';

it.each([
  ['a', 200],
  ['ä', 100],
  ['語', 66],
  ['🐟', 50],
])('takes names of as many bytes as a file system does, however few letters: %s', (letter, most) => {
  expect([isCodePath(`src/${letter.repeat(most)}`), isCodePath(`src/${letter.repeat(most + 1)}`)]).toEqual([true, false]);
});

it.each(['', '/a', 'a//b', './a', 'a/..', 'a\\b', ' a', 'a\0b'])('keeps a path in its folder: %j is none', (path) => {
  expect(isCodePath(path)).toBe(false);
});
