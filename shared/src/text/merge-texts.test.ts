import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dose } from '../testing/dose.ts';
import { diffLines, linesOf } from './diff-lines.ts';
import { applyChanges, changesBetween, mergeTexts } from './merge-texts.ts';

const anyText = fc
  .array(fc.constantFrom('a', 'b', 'c', 'ab', ''), { maxLength: 12 })
  .chain((lines) => fc.constantFrom(lines.join('\n'), `${lines.join('\n')}\n`));

describe('changesBetween', () => {
  it('make one text of the other', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        expect(applyChanges(before, changesBetween(before, after))).toBe(after);
      }),
      dose(1000),
    );
  });

  it('are no more lines than differ', () => {
    const change = (text: string, next: string) => diffLines(linesOf(text), linesOf(next));
    expect(change('a\nb\nc\nd\n', 'a\nx\nc\nd\ne\n')).toEqual([
      { from: 1, to: 2, newFrom: 1, newTo: 2 },
      { from: 4, to: 4, newFrom: 4, newTo: 5 },
    ]);
    expect(changesBetween('seed: 42 # the answer\n', 'seed: 7 # the answer\n')).toEqual([{ from: 6, to: 8, insert: '7' }]);
  });

  it('of ten thousand lines that all differ are one', () => {
    const lines = (word: string) => Array.from({ length: 10_000 }, (_, index) => `${word} ${index}\n`).join('');
    expect(changesBetween(lines('a'), lines('b'))).toHaveLength(1);
  });
});

describe('mergeTexts', () => {
  const merged = (base: string, mine: string, theirs: string) => applyChanges(mine, mergeTexts({ base, mine, theirs }));

  it('takes theirs where I changed nothing', () => {
    expect(merged('a\nb\nc\nd\n', 'a\nB\nc\nd\n', 'a\nb\nc\nD\n')).toBe('a\nB\nc\nD\n');
    expect(merged('a\nb\n', 'a\nb\nmine\n', 'theirs\na\nb\n')).toBe('theirs\na\nb\nmine\n');
  });

  it('leaves mine where both changed a line, and keeps what both added', () => {
    expect(merged('a: 1\nb: 1\n', 'a: 2\nb: 1\n', 'a: 3\nb: 3\n')).toBe('a: 2\nb: 3\n');
    expect(merged('a\n', 'a\nmine\n', 'a\ntheirs\n')).toBe('a\ntheirs\nmine\n');
  });

  it('is theirs where I did nothing, and mine where they did nothing', () => {
    fc.assert(
      fc.property(anyText, anyText, (base, other) => {
        expect(merged(base, base, other)).toBe(other);
        expect(merged(base, other, base)).toBe(other);
      }),
      dose(300),
    );
  });

  it('never loses a line that only I wrote', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.nat(12), (base, theirs, at) => {
        const lines = linesOf(base);
        const mine = [...lines.slice(0, at), 'mine\n', ...lines.slice(at)].join('');
        expect(merged(base, mine, theirs)).toContain('mine\n');
      }),
      dose(500),
    );
  });
});
