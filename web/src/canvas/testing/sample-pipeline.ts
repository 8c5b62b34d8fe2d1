import { Component } from '@pipewright/shared/component/component.ts';
import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { Layout } from '@pipewright/shared/pipeline/layout.ts';
import { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';

const component = (value: object): Component => Component.parse({ command: 'true', ...value });

/** A few components with every kind of port. */
export const sampleComponents: Readonly<Record<string, Component>> = {
  'azureml:import:1': component({
    name: 'import',
    version: '1',
    display_name: 'Import',
    inputs: { data: { type: 'uri_folder' } },
    outputs: { table: { type: 'mltable' } },
    'x-pipewright': { family: 'data', conversion: true },
  }),
  'azureml:split:1': component({
    name: 'split',
    version: '1',
    display_name: 'Split',
    inputs: {
      table: { type: 'mltable' },
      fraction: { type: 'number', default: 0.7, min: 0, max: 1, 'x-pipewright': { label: 'Fraction in first' } },
      seed: { type: 'integer', default: 1 },
    },
    outputs: { first: { type: 'mltable' }, second: { type: 'mltable' }, rows: { type: 'integer' } },
    'x-pipewright': { family: 'transform' },
  }),
  'azureml:train:1': component({
    name: 'train',
    version: '1',
    display_name: 'Train',
    inputs: { table: { type: 'mltable' }, extra: { type: 'mltable', optional: true } },
    outputs: { model: { type: 'mlflow_model' } },
    'x-pipewright': { family: 'train' },
  }),
  'azureml:score:1': component({
    name: 'score',
    version: '1',
    display_name: 'Score',
    inputs: { model: { type: 'mlflow_model' }, table: { type: 'mltable' } },
    outputs: { scored: { type: 'mltable' } },
    'x-pipewright': { family: 'score', conversion: true },
  }),
};

/**
 *   import ──> split ──first──> train ──model──> score
 *                └────────second─────────────────────┘
 */
export function samplePipeline(): DraftContent {
  const document = Pipeline.parse({
    type: 'pipeline',
    display_name: 'Sample',
    inputs: { seed: 42 },
    jobs: {
      import: { component: 'azureml:import:1', inputs: { data: { type: 'uri_folder', path: './data' } } },
      split: { component: 'azureml:split:1', inputs: { table: '${{parent.jobs.import.outputs.table}}', fraction: 0.8, seed: '${{parent.inputs.seed}}' } },
      train: { component: 'azureml:train:1', inputs: { table: '${{parent.jobs.split.outputs.first}}' } },
      score: { component: 'azureml:score:1', inputs: { model: '${{parent.jobs.train.outputs.model}}', table: '${{parent.jobs.split.outputs.second}}' } },
    },
  });
  const places = { import: { x: 0, y: 0 }, split: { x: 0, y: 112 }, train: { x: -136, y: 224 }, score: { x: 0, y: 336 } };
  return { document, layout: Layout.parse({ steps: places }) };
}

/** A chain of so many steps, in columns. */
export function longPipeline(count: number): DraftContent {
  const jobs = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `s${index}`,
      { component: 'azureml:split:1', inputs: index === 0 ? {} : { table: `\${{parent.jobs.s${index - 1}.outputs.first}}` } },
    ]),
  );
  const steps = Object.fromEntries(Array.from({ length: count }, (_, index) => [`s${index}`, { x: Math.floor(index / 40) * 264, y: (index % 40) * 112 }]));
  return { document: Pipeline.parse({ type: 'pipeline', jobs }), layout: Layout.parse({ steps }) };
}
