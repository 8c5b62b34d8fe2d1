import { describe, expect, it } from 'vitest';
import { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { relocate } from './relocate.ts';

describe('relocate', () => {
  it('lets every relative path mean the same file from another folder, and leaves all else', () => {
    const document = Pipeline.parse({
      inputs: { table: { type: 'uri_file', path: './data/a.csv' }, asset: { type: 'uri_file', path: 'azureml:a:1' }, seed: 7 },
      jobs: {
        named: { component: './parts/train.yml', inputs: { x: { path: '../b.csv' }, y: { path: '/abs.csv' }, z: '${{parent.inputs.table}}' } },
        registered: { component: 'azureml:train:1', environment: 'azureml:learn:1' },
        own: { command: 'x', code: 'src', additional_includes: ['../lib'], environment: 'file:env.yml' },
        inline: { component: { type: 'command', command: 'x', code: './src', environment: { conda_file: 'conda.yml' } } },
      },
    });
    const { inputs, jobs } = relocate(document, '/work/a', '/work/b/c');
    expect(inputs).toEqual({ table: { type: 'uri_file', path: '../../a/data/a.csv' }, asset: { type: 'uri_file', path: 'azureml:a:1' }, seed: 7 });
    expect(jobs['named']).toMatchObject({
      component: '../../a/parts/train.yml',
      inputs: { x: { path: '../../b.csv' }, y: { path: '/abs.csv' }, z: '${{parent.inputs.table}}' },
    });
    expect(jobs['registered']).toEqual(document.jobs['registered']);
    expect(jobs['own']).toMatchObject({ code: '../../a/src', additional_includes: ['../../lib'], environment: '../../a/env.yml' });
    expect(jobs['inline']?.component).toMatchObject({ code: '../../a/src', environment: { conda_file: '../../a/conda.yml' } });
  });

  it('leaves a path as it is spelt where the folder is the same', () => {
    const document = Pipeline.parse({
      inputs: { table: { type: 'uri_file', path: 'data/a.csv' } },
      jobs: { a: { command: 'x', code: 'src/' }, b: { component: 'file:./train.yml' } },
    });
    expect(relocate(document, '/work/a', '/work/a')).toEqual(document);
  });

  it('writes a path below the folder so that it cannot be taken for anything else', () => {
    const document = Pipeline.parse({ jobs: { a: { command: 'x', code: './src' } } });
    expect(relocate(document, '/work/a', '/work').jobs['a']?.code).toBe('./a/src');
    expect(relocate(document, '/work/a', '/work/a').jobs['a']?.code).toBe('./src');
  });
});
