import { describe, expect, it } from 'vitest';
import { choosePython, findPythons } from './find-python.ts';
import { satisfies } from './python-range.ts';

describe('satisfies', () => {
  it.each([
    ['3.11.7', '>=3.9', true],
    ['3.11.7', '>=3.9,<3.11', false],
    ['3.11.7', '>=3.9, <=3.11', false],
    ['3.11.7', '<=3.11.*', true],
    ['3.11.7', '==3.11.*', true],
    ['3.11.7', '==3.11', true],
    ['3.11.7', '=3.11', true],
    ['3.11.7', '3.11', true],
    ['3.11.7', '==3.11.2', false],
    ['3.11.7', '~=3.10', true],
    ['3.11.7', '~=3.11.2', true],
    ['3.11.7', '~=3.10.2', false],
    ['3.11.7', '!=3.11.*', false],
    ['3.11.7', '!=3.11.5,>3.11', true],
    ['3.9.2', '>=3.10', false],
    ['3.10.0', '>=3.9', true],
    ['3.11.7', '', true],
    ['3.11.7', 'three', false],
  ])('%s against %j is %s', (version, range, expected) => {
    expect(satisfies(version, range)).toBe(expected);
  });
});

describe('choosePython', () => {
  const pythons = ['3.11.7', '3.13.1', '3.9.2'].map((version) => ({ path: `/bin/${version}`, version }));
  const chosen = (range: string | null): [string | undefined, boolean | undefined] => {
    const choice = choosePython(pythons, range);
    return [choice?.python.version, choice?.isExact];
  };

  it('takes the first that fits, else the nearest', () => {
    expect(chosen(null)).toEqual(['3.11.7', true]);
    expect(chosen('>=3.12')).toEqual(['3.13.1', true]);
    expect(chosen('==3.8.*')).toEqual(['3.9.2', false]);
    expect(chosen('==3.14.*')).toEqual(['3.13.1', false]);
    expect(choosePython([], null)).toBeUndefined();
  });
});

describe('findPythons', () => {
  it('finds what this machine has, each by its real path', async () => {
    const pythons = await findPythons();
    expect(pythons.length).toBeGreaterThan(0);
    for (const { path, version } of pythons) {
      expect(path).not.toContain('shims');
      expect(satisfies(version, '>=3.9')).toBe(true);
    }
  });
});
