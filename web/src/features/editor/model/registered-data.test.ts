import { describe, expect, it } from 'vitest';
import { assetIn, mayBeGiven, pathOf } from './registered-data.ts';

describe('pathOf', () => {
  const named = { name: 'fuel', version: '2' };

  it.each([
    ['model', 'mlflow_model', 'azureml:fuel:2'],
    ['model', 'custom_model', 'azureml:fuel:2'],
    ['model', 'uri_folder', 'models:/fuel/2'],
    ['data', 'uri_folder', 'azureml:fuel:2'],
    ['data', 'mltable', 'azureml:fuel:2'],
  ] as const)('names the %s for an input of type %s so that nothing else of its name is taken: %s', (kind, type, path) => {
    expect(pathOf({ ...named, kind }, type)).toBe(path);
  });
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
