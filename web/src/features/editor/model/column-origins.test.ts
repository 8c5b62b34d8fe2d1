import { Component } from '@pipewright/shared/component/component.ts';
import { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { describe, expect, it } from 'vitest';
import { columnOrigins } from './column-origins.ts';

const components = {
  'azureml:filter:1': Component.parse({
    type: 'command',
    command: 'x',
    inputs: { table: { type: 'mltable' } },
    outputs: { result: { type: 'mltable', 'x-pipewright': { columns_of: 'table' } } },
  }),
  'azureml:train:1': Component.parse({ type: 'command', command: 'x', inputs: { table: { type: 'mltable' } }, outputs: { rows: { type: 'mltable' } } }),
};
const filter = (table: unknown) => ({ component: 'azureml:filter:1', inputs: { table } });
const outputOf = (step: string, port: string) => `\${{parent.jobs.${step}.outputs.${port}}}`;
const originsOf = (jobs: Record<string, unknown>, inputs: Record<string, unknown> = {}) =>
  columnOrigins({ document: Pipeline.parse({ jobs, inputs }), components }, 'train', 'table');
const train = (table: unknown) => ({ component: 'azureml:train:1', inputs: { table } });

// rows (data) ── first (keeps) ── second (keeps) ── train
describe('where the columns of an input can be seen', () => {
  it('is what feeds it, and past steps that keep the columns what feeds those, down to the data', () => {
    const jobs = { first: filter('${{parent.inputs.rows}}'), second: filter(outputOf('first', 'result')), train: train(outputOf('second', 'result')) };
    expect(originsOf(jobs, { rows: { type: 'uri_file', path: './rows.csv' } })).toEqual([
      { kind: 'output', step: 'second', port: 'result' },
      { kind: 'output', step: 'first', port: 'result' },
      { kind: 'data', path: './rows.csv', type: 'uri_file' },
    ]);
  });

  it('ends at a step that makes other columns', () => {
    const jobs = { other: train({ path: 'azureml:rows:1', type: 'mltable' }), train: train(outputOf('other', 'rows')) };
    expect(originsOf(jobs)).toEqual([{ kind: 'output', step: 'other', port: 'rows' }]);
  });

  it('ends where steps feed each other in a circle, and where nothing does', () => {
    expect(originsOf({ a: filter(outputOf('b', 'result')), b: filter(outputOf('a', 'result')), train: train(outputOf('a', 'result')) })).toHaveLength(3);
    expect(originsOf({ train: train(null) })).toEqual([]);
  });
});
