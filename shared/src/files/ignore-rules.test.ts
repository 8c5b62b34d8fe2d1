import { describe, expect, it } from 'vitest';
import { parseIgnoreRules, verdictOf } from './ignore-rules.ts';

const says = (text: string, path: string): 'ignored' | 'kept' | undefined => verdictOf(parseIgnoreRules(text), path.replace(/\/$/, ''), path.endsWith('/'));

describe('the rules of an ignore file', () => {
  // Each as `git check-ignore` answers.
  it.each([
    ['*.log', 'a.log', 'ignored'],
    ['*.log', 'deep/down/a.log', 'ignored'],
    ['*.log', 'a.logs', undefined],
    ['data', 'data/', 'ignored'],
    ['data', 'deep/data', 'ignored'],
    ['data/', 'data', undefined],
    ['data/', 'deep/data/', 'ignored'],
    ['/data', 'deep/data', undefined],
    ['a/b', 'a/b', 'ignored'],
    ['a/b', 'x/a/b', undefined],
    ['**/b', 'x/a/b', 'ignored'],
    ['a/**', 'a/x/y', 'ignored'],
    ['a/**', 'a/', undefined],
    ['a/**/b', 'a/b', 'ignored'],
    ['a/**/b', 'a/x/y/b', 'ignored'],
    ['a/*', 'a/x/y', undefined],
    ['a**c', 'abbc', 'ignored'],
    ['?.txt', 'a.txt', 'ignored'],
    ['?.txt', 'ab.txt', undefined],
    ['[a-c].txt', 'b.txt', 'ignored'],
    ['[!a-c].txt', 'b.txt', undefined],
    ['[!a-c].txt', 'd.txt', 'ignored'],
    ['[a.txt', '[a.txt', 'ignored'],
    ['# no', '# no', undefined],
    [String.raw`\# yes`, '# yes', 'ignored'],
    [String.raw`\!yes`, '!yes', 'ignored'],
    ['trailing   ', 'trailing', 'ignored'],
    ['trailing\\ ', 'trailing ', 'ignored'],
    ['windows\r', 'windows', 'ignored'],
    ['*.log\n!keep.log', 'keep.log', 'kept'],
    ['!keep.log\n*.log', 'keep.log', 'ignored'],
    ['', 'anything', undefined],
    ['/', 'anything/', undefined],
    ['a.b', 'axb', undefined],
  ])('%j of %j: %s', (text, path, verdict) => {
    expect(says(text, path)).toBe(verdict);
  });

  it('ends at once, whatever the pattern', () => {
    const name = 'a'.repeat(255);
    const rules = parseIgnoreRules(`${'*a'.repeat(100)}b\n${'**/a/'.repeat(6)}b`);
    expect(verdictOf(rules, `${name}/${name}`, false)).toBeUndefined();
  });
});
