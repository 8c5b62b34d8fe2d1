import { describe, expect, it } from 'vitest';
import { declaredIn, isOtherVersion, environmentPackages, searchPackages } from './installed-packages.ts';

describe('the packages of an environment that is built', () => {
  const installed = ['numpy==1.26.4', 'Scikit_Learn==1.5.0', 'mine @ file:///src/mine', 'pandas==2.1.0', '-e git+https://x'];
  const declared = [
    'scikit-learn >=1.5',
    'pandas==2.2.3',
    'duckdb',
    "tomli==2.0.1; python_version < '3.11'",
    '# a comment',
    '--index-url x',
    'mine @ file:///src/mine',
  ];
  const packages = environmentPackages(installed, declared);

  it('are those that are asked for and not there, then all that is there, with how it is asked for', () => {
    expect(packages.map(({ name, version, asked }) => [name, version, asked])).toEqual([
      ['duckdb', null, ''],
      ['tomli', null, '==2.0.1'],
      ['mine', 'file:///src/mine', '@file:///src/mine'],
      ['numpy', '1.26.4', null],
      ['pandas', '2.1.0', '==2.2.3'],
      ['Scikit_Learn', '1.5.0', '>=1.5'],
    ]);
    expect(packages.find(({ name }) => name === 'tomli')?.condition).toBe("python_version < '3.11'");
    expect(packages.filter(isOtherVersion).map(({ name }) => name)).toEqual(['pandas']);
  });

  it('are found by name however it is spelled, and by version', () => {
    const found = (text: string): string[] => searchPackages(packages, text).map(({ name }) => name);
    expect(found(' scikit-le')).toEqual(['Scikit_Learn']);
    expect(found('1.26')).toEqual(['numpy']);
    expect(found('')).toHaveLength(packages.length);
  });

  it('are asked for by requirements, and by a conda file that stands in the definition', () => {
    expect(declaredIn({ requirements: 'a\nb' })).toEqual(['a', 'b']);
    expect(declaredIn({ conda_file: { dependencies: ['python=3.11', 'pytorch', { pip: ['azure-x==1'] }] } })).toEqual(['torch', 'azure-x==1']);
    expect(declaredIn({ conda_file: './conda.yml' })).toEqual([]);
  });
});
