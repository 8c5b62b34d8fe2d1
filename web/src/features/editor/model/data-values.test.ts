import { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { describe, expect, it } from 'vitest';
import { addDataInput, dataInput, giveData } from './data-values.ts';

const document = Pipeline.parse({
  type: 'pipeline',
  inputs: { cars: { type: 'mltable', path: './cars', mode: 'ro_mount', description: 'All of them' }, seed: 1 },
  jobs: {
    make: { component: 'azureml:make:1', outputs: { out: null } },
    use: {
      component: 'azureml:use:1',
      inputs: {
        given: { type: 'uri_file', path: './a.csv', mode: 'download' },
        bound: { path: '${{parent.jobs.make.outputs.out}}', mode: 'download' },
        text: './b.csv',
      },
    },
  },
});
const place = { type: 'uri_folder', path: 'azureml:cars:2' } as const;

describe('giveData', () => {
  it('keeps the type and the mode that the document says', () => {
    expect(giveData(document, { step: 'use', input: 'given' }, place)).toEqual({
      op: 'step.setInput',
      step: 'use',
      input: 'given',
      value: { type: 'uri_file', path: 'azureml:cars:2', mode: 'download' },
    });
    expect(giveData(document, { pipelineInput: 'cars' }, place)).toMatchObject({
      input: 'cars',
      value: { type: 'mltable', path: 'azureml:cars:2', mode: 'ro_mount', description: 'All of them' },
    });
  });

  it('says another type where the data cannot be of the one that is said', () => {
    expect(giveData(document, { step: 'use', input: 'given' }, { ...place, canBe: (type) => type === 'uri_folder' })).toMatchObject({
      value: { type: 'uri_folder', path: 'azureml:cars:2', mode: 'download' },
    });
  });

  it('says the type where nothing did: in place of a binding, of a bare path, of nothing', () => {
    for (const input of ['bound', 'text', 'more']) expect(giveData(document, { step: 'use', input }, place)).toMatchObject({ input, value: place });
  });
});

describe('addDataInput', () => {
  it('calls the input as the data is called, as far as that is a name and free', () => {
    expect(addDataInput(document, 'cars', place)).toEqual({ name: 'cars_2', ops: [{ op: 'pipeline.setInput', input: 'cars_2', value: place }] });
    expect(addDataInput(document, 'fuel-2024.v1', place).name).toBe('fuel_2024_v1');
  });
});

describe('dataInput', () => {
  it('is a declaration again when its path is taken away, and takes one in place of a default', () => {
    expect(dataInput({ type: 'mltable', path: './cars', description: 'All' }, { type: 'mltable', path: undefined })).toEqual({
      type: 'mltable',
      description: 'All',
    });
    expect(dataInput({ type: 'uri_file', default: './a' }, { type: 'uri_file', path: './b' })).toEqual({ type: 'uri_file', path: './b' });
  });
});
