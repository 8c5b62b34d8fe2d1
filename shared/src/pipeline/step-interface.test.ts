import { describe, expect, it } from 'vitest';
import { Component } from '../component/component.ts';
import { Pipeline } from './pipeline.ts';
import { interfaceOf } from './step-interface.ts';

const train = Component.parse({ type: 'command', command: 'x', inputs: { data: { type: 'mltable' } }, outputs: { model: { type: 'mlflow_model' } } });
const components = { 'azureml:train:1': train };
const document = Pipeline.parse({
  inputs: { rate: 0.5, table: { type: 'mltable', path: './t' } },
  jobs: {
    train: { component: 'azureml:train:1' },
    own: {
      command: 'run ${{inputs.model}} ${{inputs.rate}} $[[--x ${{inputs.maybe}}]] > ${{outputs.report}}',
      inputs: {
        model: '${{parent.jobs.train.outputs.model}}',
        rate: '${{parent.inputs.rate}}',
        table: '${{parent.inputs.table}}',
        maybe: null,
        n: 3,
        on: true,
        file: { type: 'uri_file', path: './a.csv' },
        text: 'r=${{parent.inputs.rate}}',
        again: '${{parent.jobs.own.inputs.n}}',
      },
      outputs: { report: { type: 'uri_file' }, folder: null },
    },
    retyped: { component: 'azureml:train:1', outputs: { model: { type: 'custom_model' } } },
    reader: { command: 'x', inputs: { m: '${{parent.jobs.retyped.outputs.model}}', f: '${{parent.jobs.own.outputs.report}}' } },
    lost: { component: 'azureml:gone:1' },
    empty: {},
  },
});

describe('interfaceOf', () => {
  it('is that of the named component', () => {
    expect(interfaceOf('train', document, components)).toBe(train);
  });

  it('types the ports of a step with its own command by what stands in them', () => {
    const ports = interfaceOf('own', document, components);
    expect(Object.entries(ports?.inputs ?? {}).map(([name, { type }]) => [name, type])).toEqual([
      ['model', 'mlflow_model'],
      ['rate', 'number'],
      ['table', 'mltable'],
      ['maybe', 'string'],
      ['n', 'integer'],
      ['on', 'boolean'],
      ['file', 'uri_file'],
      ['text', 'string'],
      ['again', 'integer'],
    ]);
    expect(ports?.outputs).toEqual({ report: { type: 'uri_file' }, folder: { type: 'uri_folder' } });
  });

  it('takes an input that is named only in optional blocks for optional', () => {
    const inputs = interfaceOf('own', document, components)?.inputs;
    expect(inputs?.['maybe']?.optional).toBe(true);
    expect(inputs?.['rate']?.optional).toBeUndefined();
  });

  it('believes a step about the type of its output before its component', () => {
    expect(interfaceOf('reader', document, components)?.inputs).toEqual({ m: { type: 'custom_model' }, f: { type: 'uri_file' } });
  });

  it('takes the ports of a component that is not here from their use', () => {
    expect(interfaceOf('lost', document, components)).toMatchObject({ inputs: {}, outputs: {}, 'x-pipewright': { icon: 'cloud' } });
    const far = Pipeline.parse({
      jobs: {
        far: { component: 'azureml://registries/r/components/c/versions/1', inputs: { rate: 0.5, raw: { path: './raw.csv', type: 'uri_file' } } },
        near: { command: 'cat ${{inputs.m}}', inputs: { m: '${{parent.jobs.far.outputs.model}}' } },
      },
    });
    expect(interfaceOf('far', far, {})).toMatchObject({
      inputs: { rate: { type: 'number', optional: true }, raw: { type: 'uri_file', optional: true } },
      outputs: { model: { type: 'uri_folder' } },
    });
  });

  it.each(['empty', 'nobody', 'constructor'])('is unknown for %s', (key) => {
    expect(interfaceOf(key, document, components)).toBeUndefined();
  });
});
