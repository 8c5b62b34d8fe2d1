import { Component } from '@pipewright/shared/component/component.ts';
import { applyDraftOps } from '@pipewright/shared/draft/apply-draft-ops.ts';
import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { validatePipeline } from '@pipewright/shared/graph/validate-pipeline.ts';
import { Layout } from '@pipewright/shared/pipeline/layout.ts';
import { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { interfaceOf } from '@pipewright/shared/pipeline/step-interface.ts';
import { describe, expect, it } from 'vitest';
import { firstDistribution, numberOrText, toSingleOps, toSweepOps, untriedParameters, valuesOfText } from './sweep-form.ts';

const components = {
  'azureml:train:1': Component.parse({
    name: 'train',
    version: '1',
    command: 'echo ${{inputs.rate}} ${{inputs.depth}} ${{inputs.data}} > ${{outputs.model}}/m',
    inputs: { rate: { type: 'number', min: 0, max: 1 }, depth: { type: 'integer', default: 3 }, data: { type: 'uri_folder' } },
    outputs: { model: { type: 'uri_folder' } },
  }),
};
const contentOf = (step: object): DraftContent => ({
  document: Pipeline.parse({ type: 'pipeline', inputs: { data: { type: 'uri_folder', path: './d' } }, jobs: { fit: step } }),
  layout: Layout.parse({ steps: {}, notes: {}, groups: {} }),
});
const data = '${{parent.inputs.data}}';

function turn(content: DraftContent): DraftContent {
  const step = content.document.jobs['fit'];
  const ports = interfaceOf('fit', content.document, components);
  if (!step || !ports) throw new Error('expected a step');
  const applied = applyDraftOps(content, step.trial === undefined ? toSweepOps('fit', step, ports) : toSingleOps('fit', step, {}));
  if (!applied.ok) throw new Error(applied.message);
  return applied.content;
}
const problemsOf = ({ document }: DraftContent): (string | undefined)[] =>
  validatePipeline(document, components).flatMap(({ severity, path }) => (severity === 'error' ? [path?.slice(2).join('.')] : []));

describe('a step that becomes a sweep', () => {
  const plain = contentOf({ component: 'azureml:train:1', inputs: { rate: 0.3, data }, limits: { timeout: 60 } });

  it('tries its first number within its range, and lacks nothing but the metric', () => {
    const swept = turn(plain);
    expect(swept.document.jobs['fit']).toMatchObject({
      type: 'sweep',
      trial: 'azureml:train:1',
      search_space: { rate: { type: 'uniform', min_value: 0, max_value: 1 } },
      limits: { max_total_trials: 20, max_concurrent_trials: 2, trial_timeout: 60 },
      inputs: { data },
    });
    expect(swept.document.jobs['fit']).not.toHaveProperty('component');
    expect(problemsOf(swept)).toEqual(['objective.primary_metric']);
  });

  it('and back runs once, with a value of what was tried, and is sound', () => {
    const back = turn(turn(plain));
    expect(back.document.jobs['fit']).toEqual({
      type: 'command',
      component: 'azureml:train:1',
      inputs: { rate: 0.5, data },
      outputs: {},
      limits: { timeout: 60 },
    });
    expect(problemsOf(back)).toEqual([]);
  });

  it('takes its own command along, and brings it back', () => {
    const own = contentOf({ command: 'echo ${{inputs.n}} ${{inputs.data}}', environment: 'azureml:tools:1', inputs: { n: 4, data } });
    const swept = turn(own);
    expect(swept.document.jobs['fit']).toMatchObject({
      trial: { type: 'command', command: 'echo ${{inputs.n}} ${{inputs.data}}', environment: 'azureml:tools:1' },
    });
    expect(swept.document.jobs['fit']).not.toHaveProperty('command');
    expect(problemsOf(swept)).toEqual(['objective.primary_metric']);
    expect(turn(swept).document.jobs['fit']).toMatchObject({
      type: 'command',
      command: 'echo ${{inputs.n}} ${{inputs.data}}',
      environment: 'azureml:tools:1',
      inputs: { n: 4, data },
    });
  });

  it('offers the parameters that are not tried yet', () => {
    expect(
      untriedParameters(
        Pipeline.parse({ jobs: { a: { trial: 'azureml:train:1', search_space: { rate: {} } } } }).jobs['a'] ?? { inputs: {}, outputs: {} },
        components['azureml:train:1'],
      ),
    ).toEqual(['depth']);
    expect(firstDistribution(components['azureml:train:1'].inputs['depth'], undefined)).toEqual({ type: 'choice', values: [3] });
  });

  it('reads lists and numbers as YAML would, and keeps what is neither for the validator', () => {
    expect(valuesOfText('3, 5,, tree , true, 0.5')).toEqual([3, 5, 'tree', true, 0.5]);
    expect([numberOrText(' '), numberOrText('1e-3'), numberOrText('many')]).toEqual([undefined, 0.001, 'many']);
  });
});
