import { expect, it } from 'vitest';
import { emptyLayout } from '../pipeline/layout.ts';
import { Pipeline } from '../pipeline/pipeline.ts';
import { toPipelineComponent } from './to-pipeline-component.ts';

it('a pipeline as a component keeps what it says of itself, known here or not', () => {
  const document = Pipeline.parse({
    $schema: 'schemas/pipelineComponent',
    name: 'old',
    version: '1',
    display_name: 'Old',
    description: 'As it was',
    tags: { team: 'blue' },
    is_deterministic: false,
    jobs: { say: { command: 'true' } },
    'x-pipewright': { family: 'train' },
  });
  const component = toPipelineComponent({ document, layout: emptyLayout }, {}, { name: 'fit', title: 'Fit' });
  const { jobs: _jobs, ...header } = component;
  expect(header).toEqual({
    $schema: 'schemas/pipelineComponent',
    type: 'pipeline',
    name: 'fit',
    display_name: 'Fit',
    tags: { team: 'blue' },
    is_deterministic: false,
    inputs: {},
    outputs: {},
    'x-pipewright': { family: 'train', layout: emptyLayout },
  });
});
