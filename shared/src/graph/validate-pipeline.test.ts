import { describe, expect, it } from 'vitest';
import { Component } from '../component/component.ts';
import { Pipeline } from '../pipeline/pipeline.ts';
import { validatePipeline } from './validate-pipeline.ts';

const components = {
  'azureml:load:1': Component.parse({
    type: 'command',
    command: 'x',
    outputs: { data: { type: 'mltable' }, raw: { type: 'uri_file' }, count: { type: 'integer' } },
  }),
  'azureml:train:1': Component.parse({
    type: 'command',
    command: 'x',
    display_name: 'Train',
    inputs: {
      data: { type: 'mltable' },
      rate: { type: 'number', default: 0.1, min: 0, max: 1 },
      kind: { type: 'string', optional: true, enum: ['tree', 'linear'] },
      rounds: { type: 'integer', optional: true },
    },
    outputs: { model: { type: 'mlflow_model' } },
  }),
};
const load = { component: 'azureml:load:1' };
const problemsOf = (jobs: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  validatePipeline(Pipeline.parse({ type: 'pipeline', jobs, ...more }), components).map(({ severity, code, step, port }) => ({ severity, code, step, port }));
const train = (inputs: Record<string, unknown>) => ({ load, train: { component: 'azureml:train:1', inputs } });
const data = '${{parent.jobs.load.outputs.data}}';

describe('validatePipeline', () => {
  it('finds nothing in a good pipeline', () => {
    expect(problemsOf(train({ data, rate: '0.5', kind: 'tree', rounds: 3 }))).toEqual([]);
  });

  it.each([
    ['a required input that is not connected', train({}), 'missing-input', 'data'],
    ['a number out of its range', train({ data, rate: 2 }), 'out-of-range', 'rate'],
    ['a text where a number belongs', train({ data, rate: 'fast' }), 'invalid-literal', 'rate'],
    ['a fraction where a whole number belongs', train({ data, rounds: 1.5 }), 'invalid-literal', 'rounds'],
    ['a value outside its list', train({ data, kind: 'forest' }), 'not-in-enum', 'kind'],
    ['an input that the component does not have', train({ data, speed: 1 }), 'unknown-input', 'speed'],
    ['a step that does not exist', train({ data: '${{parent.jobs.lod.outputs.data}}' }), 'unknown-step', 'data'],
    ['an output that does not exist', train({ data: '${{parent.jobs.load.outputs.dat}}' }), 'unknown-output', 'data'],
    ['a pipeline input that does not exist', train({ data, rate: '${{parent.inputs.rate}}' }), 'unknown-pipeline-input', 'rate'],
    ['data where a number belongs', train({ data, rate: data }), 'type-mismatch', 'rate'],
    ['a number where data belongs', train({ data: '${{parent.jobs.load.outputs.count}}' }), 'type-mismatch', 'data'],
  ])('finds %s', (_what, jobs, code, port) => {
    expect(problemsOf(jobs)).toEqual([{ severity: 'error', code, step: 'train', port }]);
  });

  it('only warns where data types differ, as Azure runs such files', () => {
    expect(problemsOf(train({ data: '${{parent.jobs.load.outputs.raw}}' }))).toEqual([
      { severity: 'warning', code: 'type-mismatch', step: 'train', port: 'data' },
    ]);
  });

  it('checks the value of a pipeline input against what it is bound to', () => {
    expect(problemsOf(train({ data, rate: '${{parent.inputs.rate}}' }), { inputs: { rate: 7 } })).toMatchObject([{ code: 'out-of-range', port: 'rate' }]);
  });

  it('asks for a value of a pipeline input that a step reads', () => {
    expect(problemsOf(train({ data: '${{parent.inputs.table}}' }), { inputs: { table: { type: 'mltable' } } })).toMatchObject([
      { code: 'missing-pipeline-input', port: 'table' },
    ]);
  });

  it('suggests the name that was meant', () => {
    const document = Pipeline.parse({ jobs: { train: { component: 'azureml:trian:1' } } });
    expect(validatePipeline(document, components)[0]?.message).toContain('Did you mean "azureml:train:1"?');
  });

  it('names the members of a cycle by what people call them', () => {
    const jobs = {
      a: { command: 'x ${{inputs.i}}', display_name: 'First', inputs: { i: '${{parent.jobs.b.outputs.o}}' }, outputs: { o: null } },
      b: { command: 'x ${{inputs.i}}', inputs: { i: '${{parent.jobs.a.outputs.o}}' }, outputs: { o: null } },
    };
    const [problem] = validatePipeline(Pipeline.parse({ jobs }), {});
    expect(problem).toMatchObject({ code: 'cycle', message: expect.stringContaining('First → b → First') });
  });

  it('checks that an own command names only what the step declares', () => {
    expect(problemsOf({ a: { command: 'cp ${{inputs.sorce}} ${{outputs.copy}}', inputs: { source: 'x' }, outputs: { copy: null } } })).toEqual([
      { severity: 'error', code: 'undeclared-placeholder', step: 'a', port: 'sorce' },
    ]);
  });

  it('keeps Azure-only keys with a note, and says which kinds of steps cannot run', () => {
    expect(problemsOf({ a: { command: 'true', identity: { type: 'managed' } } })).toMatchObject([{ severity: 'note', code: 'kept-only' }]);
    expect(problemsOf({ a: { type: 'spark', command: 'true' } })).toMatchObject([{ severity: 'error', code: 'unsupported-step' }]);
  });

  it('reads 3,000 steps without effort', () => {
    const jobs: Record<string, unknown> = { load };
    for (let index = 0; index < 3000; index += 1) jobs[`t${index}`] = { component: 'azureml:train:1', inputs: { data } };
    expect(problemsOf(jobs)).toEqual([]);
  });
});
