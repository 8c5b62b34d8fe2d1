import { describe, expect, it } from 'vitest';
import { namedPaths, withValues } from './named-paths.ts';

const document = {
  inputs: { table: { type: 'uri_file', path: './a.csv' }, asset: { path: 'azureml:a:1' }, raw: { type: 'uri_folder', default: '../raw' }, text: './no' },
  jobs: {
    file: { component: 'file:./train.yml', inputs: { x: { path: '../b.csv' }, y: './c.csv', z: '${{parent.inputs.table}}', words: './d' } },
    named: { component: 'azureml:train:1', environment: 'azureml:learn:1' },
    own: { command: 'x', code: 'src', additional_includes: ['../lib', './one.py'], environment: { image: 'i', conda_file: './conda.yml' } },
    inline: { type: 'parallel', component: { type: 'parallel', task: { code: './p', environment: { build: { path: './docker' } } } } },
    tuned: { type: 'sweep', trial: './trial.yml' },
    loop: { command: 'x', for_each: { items: { path: './parts' } } },
    each: { type: 'parallel_for', items: [{ file: { path: './e.csv' }, rate: 1 }] },
    every: { type: 'parallel_for', items: { one: { file: { path: './f.csv' } } } },
    auto: { type: 'automl', training_data: { type: 'mltable', path: './table' } },
    far: { command: 'x', code: 'git+https://host/x', inputs: { u: { path: 'https://host/x.csv' } } },
  },
};

describe('the paths that a document names', () => {
  it('are found wherever they may stand, and nothing else is taken for one', () => {
    const found = namedPaths(document, (step, input) => step === 'file' && input === 'y').map(({ kind, value, at }) => `${kind} ${value} ${at.join('.')}`);
    expect(found).toEqual([
      'data ./a.csv inputs.table.path',
      'data ../raw inputs.raw.default',
      'component file:./train.yml jobs.file.component',
      'data ../b.csv jobs.file.inputs.x.path',
      'data ./c.csv jobs.file.inputs.y',
      'code src jobs.own.code',
      'include ../lib jobs.own.additional_includes.0',
      'include ./one.py jobs.own.additional_includes.1',
      'conda ./conda.yml jobs.own.environment.conda_file',
      'code ./p jobs.inline.component.task.code',
      'build ./docker jobs.inline.component.task.environment.build.path',
      'component ./trial.yml jobs.tuned.trial',
      'data ./parts jobs.loop.for_each.items.path',
      'data ./e.csv jobs.each.items.0.file.path',
      'data ./f.csv jobs.every.items.one.file.path',
      'data ./table jobs.auto.training_data.path',
    ]);
    expect(namedPaths({ command: 'x', code: './src', environment: './env.yml' }).map(({ value }) => value)).toEqual(['./src', './env.yml']);
  });

  it('can be given others, and all else is the same', () => {
    const changed = withValues(document, [
      { at: ['jobs', 'own', 'additional_includes', 1], value: './two.py' },
      { at: ['jobs', 'own', 'code'], value: undefined },
    ]);
    const { code: _gone, ...own } = document.jobs.own;
    expect(changed).toEqual({ ...document, jobs: { ...document.jobs, own: { ...own, additional_includes: ['../lib', './two.py'] } } });
    expect(Object.keys(changed.jobs.own)).not.toContain('code');
  });
});
