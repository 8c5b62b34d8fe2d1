import { describe, expect, it } from 'vitest';
import { Pipeline } from '../pipeline/pipeline.ts';
import { changeInterface, exposable } from './change-interface.ts';

const document = Pipeline.parse({
  type: 'pipeline',
  inputs: { data: { type: 'uri_folder' } },
  outputs: { model: { type: 'uri_folder' } },
  jobs: {
    clean: { command: 'true', inputs: { data: '${{parent.inputs.data}}', rate: 0.5 }, outputs: { out: null } },
    fit: { command: 'true', inputs: { data: '${{parent.jobs.clean.outputs.out}}' }, outputs: { out: '${{parent.outputs.model}}' } },
  },
});

describe('the interface of a sub-pipeline', () => {
  it('can have what nothing inside feeds, and what fills none of its outputs', () => {
    expect(exposable(document, {})).toEqual([
      { side: 'inputs', step: 'clean', port: 'rate' },
      { side: 'outputs', step: 'clean', port: 'out' },
    ]);
  });

  it('changes its names and grows, and what is inside goes along', () => {
    const changed = changeInterface(
      document,
      {},
      {
        names: { inputs: new Map([['data', 'table']]), outputs: new Map([['model', 'trained']]) },
        exposed: [
          { side: 'inputs', step: 'clean', port: 'rate', as: 'rate' },
          { side: 'outputs', step: 'clean', port: 'out', as: 'cleaned' },
        ],
      },
    );
    expect(changed.inputs).toEqual({ table: { type: 'uri_folder' }, rate: { type: 'number', default: 0.5 } });
    expect(changed.outputs).toEqual({ trained: { type: 'uri_folder' }, cleaned: { type: 'uri_folder' } });
    expect(changed.jobs['clean']).toMatchObject({
      inputs: { data: '${{parent.inputs.table}}', rate: '${{parent.inputs.rate}}' },
      outputs: { out: '${{parent.outputs.cleaned}}' },
    });
    expect(changed.jobs['fit']).toMatchObject({ inputs: { data: '${{parent.jobs.clean.outputs.out}}' }, outputs: { out: '${{parent.outputs.trained}}' } });
  });
});
