import { describe, expect, it } from 'vitest';
import { chooseColumns, joinList, type KnownColumn, replaceItem, splitList, toggleColumn } from './column-list.ts';

const columns: readonly KnownColumn[] = [
  { name: 'a', kind: 'number' },
  { name: 'b', kind: 'text' },
  { name: 'a_b', kind: 'number' },
  { name: '!x', kind: 'time' },
  { name: 'one, two', kind: 'text' },
];
const chosen = (text: string) => chooseColumns(text, columns).names;

describe('a list of columns', () => {
  it.each([
    ['a', ['a']],
    ['a_b, a', ['a', 'a_b']],
    ['@number', ['a', 'a_b']],
    ['a*, !a_b', ['a']],
    ['!b', ['a', 'a_b', '!x', 'one, two']],
    ['#2-3', ['b', 'a_b']],
    ['#1, #4', ['a', '!x']],
    ['!#1-2', ['a_b', '!x', 'one, two']],
    ['!x', ['!x']],
    ['"one, two"', ['one, two']],
    ['', []],
    ['?', ['a', 'b']],
  ])('%s means %j, as the steps read it', (text, names) => {
    expect(chosen(text)).toEqual(names);
  });

  it('says what is not there, and what was most likely meant', () => {
    expect(chooseColumns('a, one two, @nubmer, #90, z*', columns).unknown).toEqual([
      { text: 'one two', meant: 'one, two' },
      { text: '@nubmer', meant: '@number' },
      { text: '#90', meant: undefined },
    ]);
  });

  it('is split and joined again', () => {
    const items = ['a', 'one, two', 'say "hi"', '!b'];
    expect(splitList(joinList(items))).toEqual(items);
  });

  it.each([
    ['', 'a', 'a'],
    ['a, b', 'a', 'b'],
    ['@number', 'a', '@number, !a'],
    ['@number, !a', 'a', '@number'],
    ['@number', 'b', '@number, b'],
    ['!b', 'b', '*'],
    ['!b, !a', 'b', '!a'],
  ])('%j with %s toggled is %j', (text, column, next) => {
    expect(toggleColumn(text, column, columns)).toBe(next);
  });

  it('takes another word for an item', () => {
    expect(replaceItem('a, !horse', 'horse', 'b')).toBe('a, !b');
  });
});
