import { describe, expect, it } from 'vitest';
import { formatComponentReference, parseComponentReference } from './component-reference.ts';

describe('parseComponentReference', () => {
  it.each([
    ['azureml:split_data:1', 'split_data', '1'],
    ['azureml:split_data:2.0.1', 'split_data', '2.0.1'],
    ['azureml:split_data@latest', 'split_data', 'latest'],
    ['azureml:split_data', 'split_data', 'latest'],
    ['azureml://registries/azureml/components/split_data/versions/3', 'split_data', '3'],
    ['azureml://registries/azureml/components/split_data/labels/latest', 'split_data', 'latest'],
  ])('reads %s as a registered component', (text, name, version) => {
    expect(parseComponentReference(text)).toEqual({ kind: 'registered', name, version });
  });

  it.each([
    ['./train.yml', './train.yml'],
    ['file:./train.yml', './train.yml'],
    ['file:///tmp/train.yml', '/tmp/train.yml'],
    ['../parts/train.yaml', '../parts/train.yaml'],
  ])('reads %s as a file', (text, path) => {
    expect(parseComponentReference(text)).toEqual({ kind: 'file', path });
  });

  it('reads what it writes', () => {
    expect(parseComponentReference(formatComponentReference('score', '7'))).toEqual({ kind: 'registered', name: 'score', version: '7' });
  });
});
