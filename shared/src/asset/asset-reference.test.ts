import { describe, expect, it } from 'vitest';
import { parseAssetReference, parseNamedVersion, parseRunOutputUri, writeAssetReference, writeStepOutputUri } from './asset-reference.ts';

describe('parseAssetReference', () => {
  it.each([
    ['azureml:churn:3', { name: 'churn', at: { version: '3' } }],
    ['azureml:churn@champion', { name: 'churn', at: { label: 'champion' } }],
    ['azureml:churn', { name: 'churn', at: { label: 'latest' } }],
    ['azureml://registries/r/models/churn/versions/3', { name: 'churn', at: { version: '3' } }],
    ['models:/churn/3', { name: 'churn', at: { version: '3' }, kind: 'model' }],
    ['models:///churn/3', { name: 'churn', at: { version: '3' }, kind: 'model' }],
    ['models:/churn/latest', { name: 'churn', at: { label: 'latest' }, kind: 'model' }],
    ['models:/churn@champion', { name: 'churn', at: { label: 'champion' }, kind: 'model' }],
    ['models:/churn/Production', { name: 'churn', at: { version: 'Production' }, kind: 'model' }],
    ['models:/churn', null],
    ['models:/churn/', null],
    ['models:/churn/3/data', null],
    ['models:/churn@', null],
    ['models:/a b/3', null],
    ['runs:/0123456789abcdef0123456789abcdef/model', null],
    ['./models/churn/3', null],
  ])('%s', (text, reference) => {
    expect(parseAssetReference(text)).toEqual(reference);
  });
});

describe('parseNamedVersion', () => {
  it.each([
    ['azureml:prep:3', { name: 'prep', version: '3' }],
    ['azureml:prep@latest', { name: 'prep', version: 'latest' }],
    ['azureml:prep', { name: 'prep', version: 'latest' }],
    ['azureml://registries/r/components/prep/versions/0.1', { name: 'prep', version: '0.1' }],
    ['azureml://registries/r/components/prep/labels/default', { name: 'prep', version: 'default' }],
    ['azureml://registries/r/components/prep', { name: 'prep', version: 'latest' }],
    ['azureml://registries/r/environments/prep/versions/1', null],
    ['azureml:prep@best', null],
    ['./prep.yml', null],
  ])('%s', (text, named) => {
    expect(parseNamedVersion(text, 'component')).toEqual(named);
  });
});

describe('parseRunOutputUri', () => {
  it.each([
    ['azureml://jobs/42/outputs/model', { run: '42', output: 'model', path: '' }],
    ['azureml://jobs/42/outputs/model/paths/a/b', { run: '42', output: 'model', path: 'a/b' }],
    ['azureml://jobs/42%2Fouter%2Ftrain/outputs/model', { run: '42', step: 'outer/train', output: 'model', path: '' }],
    ['run:42/model', { run: '42', output: 'model', path: '' }],
    ['runs:/42/model/a/b', { run: '42', output: 'model', path: 'a/b' }],
    ['runs:/01234567890123456789012345678901/model', null],
    ['runs:/busy_owl/model', null],
    ['azureml://jobs/42', null],
  ])('%s', (text, output) => {
    expect(parseRunOutputUri(text)).toEqual(output);
  });

  it('reads what names an output of a step', () => {
    const output = { run: '42', step: 'outer/train', output: 'model' };
    expect(parseRunOutputUri(writeStepOutputUri(output))).toEqual({ ...output, path: '' });
  });
});

describe('writeAssetReference', () => {
  it.each([
    ['azureml:churn:3', 'azureml:churn:4', 'azureml:churn@best'],
    ['azureml:churn', 'azureml:churn:4', 'azureml:churn@best'],
    ['models:/churn/3', 'models:/churn/4', 'models:/churn@best'],
    ['models:/churn@champion', 'models:/churn/4', 'models:/churn@best'],
  ])('keeps %s in its form when another version is chosen', (text, version, label) => {
    const reference = parseAssetReference(text);
    if (!reference) throw new Error('expected an asset');
    expect(writeAssetReference({ ...reference, at: { version: '4' } })).toBe(version);
    expect(writeAssetReference({ ...reference, at: { label: 'best' } })).toBe(label);
  });

  it.each(['azureml:churn:3', 'azureml:churn@latest', 'models:/churn/3', 'models:/churn/latest', 'models:/churn@champion'])(
    'writes %s as it is read',
    (text) => {
      const reference = parseAssetReference(text);
      expect(reference && writeAssetReference(reference)).toBe(text);
    },
  );
});
