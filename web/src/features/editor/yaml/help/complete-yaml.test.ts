// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { completeYaml, type YamlFacts } from './complete-yaml.ts';
import { explainYaml } from './explain-yaml.ts';

const facts: YamlFacts = {
  inputs: [{ name: 'seed', type: 'integer' }],
  outputs: [{ name: 'model', type: null }],
  steps: {
    prep: { title: 'Prepare', inputs: [], outputs: [{ name: 'table', type: 'mltable', description: 'Clean rows.' }] },
    train: {
      title: 'Train',
      inputs: [{ name: 'data', type: 'mltable', description: 'What is learnt from.' }],
      outputs: [{ name: 'fit', type: 'mlflow_model' }],
    },
  },
  components: [{ reference: 'azureml:split_data:1', title: 'Split data', description: 'Two parts.' }],
  environments: [{ reference: 'azureml:sklearn-1.5:1' }],
};

/** What is offered where the mark stands. */
function offered(marked: string): string[] {
  const offset = marked.indexOf('▮');
  return completeYaml(marked.replace('▮', ''), offset, facts).options.map(({ label }) => label);
}
function explained(marked: string) {
  const offset = marked.indexOf('▮');
  return explainYaml(marked.replace('▮', ''), offset, facts);
}
const step = (rest: string): string => `type: pipeline\njobs:\n  prep: { command: x }\n  train:\n${rest}`;

describe('completeYaml', () => {
  it('offers the keys that may stand at a place and are not there yet', () => {
    expect(offered('type: pipeline\n▮')).toEqual(expect.arrayContaining(['jobs', 'inputs', 'outputs', 'settings', 'experiment_name']));
    expect(offered('type: pipeline\n▮')).not.toContain('type');
    expect(offered(step('    command: x\n    ▮'))).toEqual(expect.arrayContaining(['component', 'environment', 'retries', 'depends_on', 'limits']));
    expect(offered(step('    retries:\n      ▮'))).toEqual(expect.arrayContaining(['count', 'backoff']));
    expect(offered(step('    component:\n      type: command\n      ▮'))).toContain('additional_includes');
    expect(offered('settings:\n  ▮')).toContain('continue_on_step_failure');
  });

  it('offers a step the keys of its kind', () => {
    const keys = ['command', 'search_space', 'mini_batch_size', 'py_files'];
    const ofKind = (lines: string): string[] => offered(step(`${lines}    ▮`)).filter((key) => keys.includes(key));
    expect(ofKind('    display_name: x\n')).toEqual(['command', 'search_space', 'mini_batch_size']);
    expect(ofKind('    type: command\n')).toEqual(['command']);
    expect(ofKind('    type: sweep\n')).toEqual(['command', 'search_space']);
    expect(ofKind('    type: parallel\n')).toEqual(['command', 'mini_batch_size']);
    expect(ofKind('    type: spark\n')).toContain('py_files');
  });

  it('offers the keys of a distribution once its kind is there', () => {
    const space = '    type: sweep\n    search_space:\n      rate:\n        type: uniform\n        ▮';
    expect(offered(step(space))).toEqual(expect.arrayContaining(['min_value', 'max_value']));
    expect(offered(step(space))).not.toContain('values');
  });

  it.each([
    ['    type: ▮', ['command', 'sweep', 'parallel', 'pipeline']],
    ['    reuse: ▮', ['auto', 'always', 'never']],
    ['    is_deterministic: ▮', ['true', 'false']],
    ['    component: ▮', ['azureml:split_data:1']],
    ['    environment: ▮', ['azureml:sklearn-1.5:1']],
    ['    depends_on: [ ▮ ]', ['prep']],
    ['    depends_on:\n      - ▮', ['prep']],
    ['    inputs:\n      ▮', ['data']],
    ['    inputs:\n      data: ▮', ['${{parent.jobs.prep.outputs.table}}', '${{parent.inputs.seed}}']],
    ['    outputs: { fit: ▮ }', ['${{parent.outputs.model}}']],
    ['    search_space: { rate: { type: ▮ } }', ['choice', 'loguniform', 'qnormal']],
    ['    objective: { goal: ▮ }', ['maximize', 'minimize']],
    ['    when: ▮', ['failed()', 'contains()']],
  ])('offers at %j the values that are known', (rest, labels) => {
    expect(offered(step(rest))).toEqual(expect.arrayContaining(labels));
  });

  it('offers inside a binding what can be read there, and closes it', () => {
    expect(offered(step('    inputs:\n      data: ${{par▮'))).toEqual(['parent.jobs.prep.outputs.table', 'parent.inputs.seed']);
    expect(offered(step('    outputs:\n      fit: ${{▮}}'))).toEqual(['parent.outputs.model']);
    expect(offered(step('    command: >-\n      python train.py\n      --data ${{in▮'))).toEqual(['inputs.data', 'outputs.fit']);
    const text = step('    inputs:\n      data: ${{');
    expect(completeYaml(text, text.length, facts).options[0]).toMatchObject({
      label: 'parent.jobs.prep.outputs.table',
      insert: 'parent.jobs.prep.outputs.table}}',
    });
  });

  it('keeps quiet in comments and in words', () => {
    expect(offered('# ty▮')).toEqual([]);
    expect(offered(step('    command: |\n      echo ▮'))).toEqual([]);
  });
});

describe('explainYaml', () => {
  it('says what a key is, what may stand there, and what counts where it is left out', () => {
    expect(explained('settings:\n  continue_on▮_step_failure: false\n')).toMatchObject({
      title: 'continue_on_step_failure',
      facts: ['true or false', 'one of true, false', 'unless said: true'],
      text: expect.stringContaining('go on'),
    });
    expect(explained(step('    queue▮_settings: { job_tier: spot }\n'))?.text).toContain('no effect on this machine');
    expect(explained(step('    retries: { cou▮nt: 3 }\n'))).toMatchObject({ title: 'count', facts: ['whole number'] });
  });

  it('says what a port is, and a component', () => {
    expect(explained(step('    inputs:\n      da▮ta: x\n'))).toMatchObject({ title: 'data', facts: ['mltable'], text: 'What is learnt from.' });
    expect(explained(step('    component: azureml:split▮_data:1\n'))).toMatchObject({ title: 'Split data', text: 'Two parts.' });
    expect(explained(step('    comp▮ute: local\n'))).toMatchObject({ title: 'compute' });
  });

  it('says nothing of what it does not know', () => {
    expect(explained('od▮d: 1\n')).toBeNull();
    expect(explained('type: pipe▮line\n')).toBeNull();
  });
});
