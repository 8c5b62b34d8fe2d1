import { expect, it } from 'vitest';
import { Component } from '../component/component.ts';
import { missingComponents } from './missing-components.ts';
import { Pipeline } from './pipeline.ts';

it('names each component that is not there once, with all steps that want it', () => {
  const jobs = {
    first: { component: 'azureml:gone:1' },
    second: { component: 'azureml:here:1' },
    third: { command: 'true' },
    fourth: { component: 'azureml:gone:1' },
    fifth: { component: './clean.yml' },
  };
  const here = Component.parse({ type: 'command', name: 'here', version: '1', command: 'true' });
  expect(missingComponents(Pipeline.parse({ type: 'pipeline', jobs }), { 'azureml:here:1': here })).toEqual([
    { component: 'azureml:gone:1', steps: ['first', 'fourth'] },
    { component: './clean.yml', steps: ['fifth'] },
  ]);
});
