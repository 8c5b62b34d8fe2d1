import { InputDefinition } from '@pipewright/shared/component/ports.ts';
import type { Run } from '@pipewright/shared/http/runs.ts';
import { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import type { ResolvedInput } from '@pipewright/shared/run/run-snapshot.ts';
import { describe, expect, it } from 'vitest';
import { assetOf } from '../../../testing/asset-builders.ts';
import { aRun, completedStep } from '../../../testing/run-builders.ts';
import type { GivenFrom } from './given-data.ts';
import { givenInputs, testInputs, typedOf } from './test-values.ts';

const inputs = {
  rate: InputDefinition.parse({ type: 'number', max: 9 }),
  table: InputDefinition.parse({ type: 'mltable' }),
  more: InputDefinition.parse({ type: 'uri_folder', optional: true }),
};
const document = Pipeline.parse({
  inputs: { cars: { type: 'uri_folder', path: './cars' } },
  jobs: { train: { component: 'azureml:train:1', inputs: { rate: 3, data: '${{parent.jobs.prep.outputs.table}}', more: '${{parent.inputs.cars}}' } } },
});
const sales = assetOf({ kind: 'data', name: 'sales', version: '2', type: 'mltable' });
const from: GivenFrom = { document, step: 'train', wire: null, run: null, assets: [sales] };
/** In the draft the table is called data. */
const tried = { inputs, oldNameOf: (name: string) => (name === 'table' ? 'data' : name) };
const shown = (given: GivenFrom, chosen: Record<string, string> = {}) =>
  Object.fromEntries(testInputs(given, tried, chosen).map(({ name, text, wrong }) => [name, wrong ?? text]));
const pathOf = (step: string) => `azureml://jobs/7%2F${step}/outputs/table`;

/** A run in which these steps have put a table out. */
function runOf(steps: readonly string[], given: Record<string, ResolvedInput> = {}): Run {
  const run = aRun(steps.map(completedStep));
  const known = run.snapshot.steps['train'];
  return known ? { ...run, snapshot: { ...run.snapshot, steps: { ...run.snapshot.steps, train: { ...known, inputs: given } } } } : run;
}

describe('what a test of a component is given', () => {
  it('is without a run what the draft says, and registered data of the type', () => {
    expect(shown(from)).toEqual({ rate: '3', table: 'azureml:sales:2', more: './cars' });
    expect(shown({ ...from, assets: [] })['table']).toBe('Needs data: choose some, or a run that has it');
    expect(shown({ ...from, step: null })).toEqual({ rate: 'Needs a value', table: 'azureml:sales:2', more: '' });
  });

  it('is what the step read in that run before anything else, then what it is wired to, then what has its type', () => {
    expect(shown({ ...from, run: runOf(['other', 'prep']) })['table']).toBe(pathOf('prep'));
    expect(shown({ ...from, step: null, run: runOf(['other', 'prep']) })['table']).toBe(pathOf('other'));
    expect(shown({ ...from, step: null, wire: { step: 'prep', port: 'table' }, run: runOf(['other', 'prep']) })['table']).toBe(pathOf('prep'));
    const read = runOf(['other', 'prep', 'train'], {
      rate: { kind: 'literal', type: 'number', value: 5 },
      data: { kind: 'output', type: 'mltable', step: 'other', output: 'table', isOptional: false },
    });
    expect(shown({ ...from, run: read })).toEqual({ rate: '5', table: pathOf('other'), more: './cars' });
  });

  it('is what was chosen, as the step is given it; what is wrong says so', () => {
    expect(shown(from, { rate: '12', more: '' })).toEqual({ rate: 'It must be at most 9, not 12', table: 'azureml:sales:2', more: '' });
    expect(givenInputs(testInputs(from, tried, { rate: '4', more: '' }))).toEqual({ rate: 4, table: { type: 'mltable', path: 'azureml:sales:2' } });
  });

  it('stays as it was typed with another run, whose data is other', () => {
    expect(typedOf({ rate: '4', table: 'azureml:sales:2', gone: '1' }, inputs)).toEqual({ rate: '4' });
  });
});
