import { describe, expect, it } from 'vitest';
import { assetIn, mayBeGiven, writeAsset } from './registered-data.ts';

describe('a path that names an asset', () => {
  it.each([
    ['azureml:churn:3', 'azureml:churn:4', 'azureml:churn@best'],
    ['azureml:churn', 'azureml:churn:4', 'azureml:churn@best'],
    ['models:/churn/3', 'models:/churn/4', 'models:/churn@best'],
    ['models:/churn@champion', 'models:/churn/4', 'models:/churn@best'],
  ])('%s stays in its form when another version is chosen', (path, version, label) => {
    const asset = assetIn(path);
    if (!asset) throw new Error('expected an asset');
    expect(writeAsset({ ...asset, at: { version: '4' } })).toBe(version);
    expect(writeAsset({ ...asset, at: { label: 'best' } })).toBe(label);
  });

  it.each(['azureml:churn:3', 'azureml:churn@latest', 'models:/churn/3', 'models:/churn/latest', 'models:/churn@champion'])(
    '%s is written as it is read',
    (path) => {
      const asset = assetIn(path);
      expect(asset && writeAsset(asset)).toBe(path);
    },
  );
});

describe('any other path', () => {
  it.each(['./cars.csv', 'https://example.org/a.csv', 'azureml://registries/azureml/models/bert/versions/1', 'azureml://datastores/box/paths/in', ''])(
    '%s names none',
    (path) => expect(assetIn(path)).toBeNull(),
  );
});

describe('mayBeGiven', () => {
  it('holds for the same types, for what is a folder as well, and for what an input takes besides', () => {
    expect(mayBeGiven({ type: 'uri_file' }, { type: 'uri_folder', accepts: ['uri_file'] })).toBe(true);
    expect(mayBeGiven({ type: 'mltable' }, { type: 'mltable' })).toBe(true);
    expect(mayBeGiven({ type: 'mlflow_model' }, { type: 'uri_folder' })).toBe(true);
    expect(mayBeGiven({ type: 'mlflow_model' }, { type: 'custom_model' })).toBe(true);
    expect(mayBeGiven({ type: 'uri_file' }, { type: 'uri_folder' })).toBe(false);
    expect(mayBeGiven({ type: 'uri_folder' }, { type: 'string' })).toBe(false);
    expect(mayBeGiven({ type: 'uri_folder' }, { type: null })).toBe(false);
  });
});
