import { expect, it } from 'vitest';
import { fieldName } from './difference-words.ts';
import { lineDifference } from './line-difference.ts';

const say = (before: string, after: string): string[] => lineDifference(before, after).map(({ kind, text }) => `${kind}: ${text}`);

it('shows what went and came, with two lines around, and says where lines were left out', () => {
  const lines = Array.from({ length: 12 }, (_, index) => `line ${index}`);
  const after = lines.with(6, 'another');
  expect(say(lines.join('\n'), after.join('\n'))).toEqual([
    'gap: ',
    'same: line 4',
    'same: line 5',
    'removed: line 6',
    'added: another',
    'same: line 7',
    'same: line 8',
    'gap: ',
  ]);
});

it('leaves nothing out of a short text, nor a single line', () => {
  expect(say('a\nb\nc', 'a\nB\nc')).toEqual(['same: a', 'removed: b', 'added: B', 'same: c']);
  expect(say('1\n2\n3\nx', '1\n2\n3\ny')).toEqual(['same: 1', 'same: 2', 'same: 3', 'removed: x', 'added: y']);
});

it('calls places as people do', () => {
  expect([['inputs', 'seed'], ['outputs', 'model', 'mode'], ['display_name'], ['limits', 'timeout'], ['notes', 'n1', 'text']].map(fieldName)).toEqual([
    'seed',
    'output model · mode',
    'name',
    'limits · timeout',
    'note · n1 · text',
  ]);
});
