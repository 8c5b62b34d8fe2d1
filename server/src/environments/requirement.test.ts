import { describe, expect, it } from 'vitest';
import { loosen, parseRequirement } from './requirement.ts';

describe('parseRequirement', () => {
  it.each([
    ['pandas', { name: 'pandas', extras: '', specifier: '', marker: '' }],
    ['Pandas == 1.5.*', { name: 'Pandas', extras: '', specifier: '==1.5.*', marker: '' }],
    ['ray[data, tune]>=2,<3 ; python_version < "3.12"', { name: 'ray', extras: '[data, tune]', specifier: '>=2,<3', marker: '; python_version < "3.12"' }],
    ['numpy (>=1.20)', { name: 'numpy', extras: '', specifier: '>=1.20', marker: '' }],
  ])('reads %j', (line, expected) => {
    expect(parseRequirement(line)).toEqual(expected);
  });

  it.each(['-r more.txt', '--find-links /wheels', './package', 'six @ https://example.org/six.whl', 'https://example.org/six.whl'])(
    'sees that %j names no package of the index',
    (line) => {
      expect(parseRequirement(line)).toBeUndefined();
    },
  );
});

describe('loosen', () => {
  it.each([
    ['pandas==1.5.*', 'pandas>=1.5'],
    ['pandas==1.5.3', 'pandas>=1.5.3'],
    ['pandas~=1.5', 'pandas>=1.5'],
    ['ray[tune]==2.1;python_version>"3"', 'ray[tune]>=2.1;python_version>"3"'],
    ['scikit-learn>=1.0,<1.3', 'scikit-learn>=1.0'],
    ['numpy<2', 'numpy'],
    ['numpy>=1.20', undefined],
    ['numpy', undefined],
  ])('makes of %j %j', (line, expected) => {
    const requirement = parseRequirement(line);
    expect(requirement && loosen(requirement)).toBe(expected);
  });
});
