import type { Choices } from './choices.ts';
import { Alias, Anchored, writeTree, type Tree } from './yaml-tree.ts';

type Fields = Readonly<Record<string, Tree>>;

/** The text of a pipeline with steps of all kinds, written as anybody might. */
export function pipelineText(choices: Choices): string {
  const steps = ['prep', 'train_model', 'score', 'Report', 'b2'].filter((_key, index) => index === 0 || choices.chance(2));
  const jobs = Object.fromEntries(
    choices.shuffled(steps).map((key, index) => [
      key,
      stepOf(
        choices,
        steps.filter((other) => other !== key),
        index,
      ),
    ]),
  );
  const placed = choices.some(steps);
  const members: Fields = {
    ...optional(choices, {
      $schema: 'https://azuremlschemas.azureedge.net/latest/pipelineJob.schema.json',
      type: 'pipeline',
      display_name: text(choices),
      description: text(choices),
      experiment_name: 'churn',
      tags: { owner: text(choices), stage: choices.pick<Tree>('dev', 2, true) },
      settings: optional(choices, {
        default_compute: 'azureml:cpu',
        force_rerun: choices.chance(2),
        continue_on_step_failure: false,
        odd: { deep: [1, 'two'] },
      }),
      inputs: { seed: 42, data: dataIn(choices), ...optional(choices, { name: text(choices), empty: null, declared: { type: 'integer', default: 3 } }) },
      outputs: { model: choices.pick<Tree>(null, { type: 'uri_folder' }, { type: 'mlflow_model', mode: 'upload' }, {}) },
      future_key: anything(choices),
    }),
    jobs,
    ...(placed.length > 0 || choices.chance(4)
      ? {
          'x-pipewright': {
            layout: {
              ...optional(choices, { zoom: 2 }),
              steps: Object.fromEntries(placed.map((key, index) => [key, { x: index * 240, y: choices.pick(0, 12.5, -40) }])),
              ...optional(choices, {
                notes: { n1: { x: 1, y: 2, width: 200, height: 80, text: text(choices) } },
                groups: { g1: { title: 'A', steps: [...placed] } },
              }),
            },
            ...optional(choices, { other: 'kept' }),
          },
        }
      : {}),
  };
  return writeTree(shuffledMembers(choices, shared(choices, members)), choices);
}

/** Environment variables that steps take up: as they are, or merged with some of their own. They stand at the top, or in the first step. One of them has a name of its own. */
function shared(choices: Choices, members: Fields): Fields {
  if (!choices.chance(3)) return members;
  const isNamed = choices.chance(2);
  const base = new Anchored('vars', { LEVEL: isNamed ? new Anchored('level', 'info') : 'info', RUN: '1' });
  const isInStep = choices.chance(3);
  const jobs = Object.entries(members['jobs'] as Fields).map(([key, step], index) => {
    const taken = choices.pick<Tree | null>(
      null,
      new Alias('vars'),
      { '<<': new Alias('vars'), OWN: 'x' },
      {
        LEVEL: isNamed ? new Alias('level') : 'warn',
      },
    );
    const variables = isInStep && index === 0 ? base : taken;
    return [key, variables === null ? step : { ...(step as Fields), environment_variables: variables }];
  });
  const { jobs: _replaced, ...rest } = members;
  return { ...(isInStep ? {} : { 'x-shared': base }), ...rest, jobs: Object.fromEntries(jobs) };
}

function shuffledMembers(choices: Choices, members: Fields): Fields {
  const { 'x-shared': first, ...rest } = members;
  const entries = Object.entries(rest);
  return { ...(first === undefined ? {} : { 'x-shared': first }), ...Object.fromEntries(choices.chance(2) ? choices.shuffled(entries) : entries) };
}

const optional = (choices: Choices, members: Fields): Fields => Object.fromEntries(choices.some(Object.entries(members)));

function stepOf(choices: Choices, others: readonly string[], index: number): Tree {
  const own = choices.pick(commandStep, componentStep, inlineStep, sweepStep, parallelStep, pipelineStep, sparkStep, ifElseStep, loopStep)(choices, others);
  const members = {
    ...own,
    ...optional(choices, { display_name: text(choices), description: text(choices), compute: 'azureml:cpu', odd_key: anything(choices), tags: { no: 'yes' } }),
    ...('condition' in own || 'body' in own ? {} : { ...optional(choices, { inputs: inputsOf(choices, others), outputs: outputsOf(choices) }) }),
    ...optional(choices, { limits: { timeout: 60 }, retries: index, reuse: 'never' }),
  };
  return choices.chance(2) ? Object.fromEntries(choices.shuffled(Object.entries(members))) : members;
}

type MakeStep = (choices: Choices, others: readonly string[]) => Fields;

const commandStep: MakeStep = (choices) => ({
  command: command(choices),
  ...optional(choices, {
    type: 'command',
    code: choices.pick<Tree>('./src', null),
    environment: choices.pick<Tree>(
      'azureml:sklearn@latest',
      { image: 'python:3.12', conda_file: './conda.yml' },
      { python: '>=3.10', requirements: ['numpy==2.1', 'a[b]>1,<2'] },
    ),
    additional_includes: ['../shared', './x y'],
    resources: { instance_count: 1, properties: { a: [] } },
    environment_variables: { DEBUG: choices.pick<Tree>('1', 1, true), EMPTY: '' },
  }),
});
const componentStep: MakeStep = (choices) => ({
  component: choices.pick(
    'file:./components/prep.yml',
    './prep.yml',
    'azureml:prep:1',
    'azureml:prep@latest',
    'azureml://registries/r/components/prep/versions/1',
  ),
  ...optional(choices, { type: 'command' }),
});
const inlineComponent = (choices: Choices): Fields => ({
  ...optional(choices, {
    type: 'command',
    name: 'inner',
    version: choices.pick<Tree>('1', 1),
    inputs: { rate: { type: 'number', default: 0.1 } },
    outputs: { out: { type: 'uri_folder' } },
  }),
  command: command(choices),
  ...optional(choices, { environment: 'azureml:sklearn:1', odd: null }),
});
const inlineStep: MakeStep = (choices) => ({ component: inlineComponent(choices) });
const sweepStep: MakeStep = (choices) => ({
  type: 'sweep',
  trial: choices.pick<Tree>('./train.yml', inlineComponent(choices)),
  search_space: { rate: { type: 'uniform', min_value: 0.01, max_value: 0.9 }, kind: { type: 'choice', values: ['a', 2, true] } },
  objective: { goal: 'minimize', primary_metric: 'loss' },
  ...optional(choices, { sampling_algorithm: 'random', limits: { max_total_trials: 4, timeout: 7200 } }),
});
const parallelStep: MakeStep = (choices) => ({
  type: 'parallel',
  mini_batch_size: choices.pick<Tree>('1', '10kb', 5),
  input_data: '${{inputs.data}}',
  task: { type: 'run_function', code: './src', entry_script: 'score.py', ...optional(choices, { program_arguments: '--a 1 --b ${{inputs.b}}' }) },
});
const pipelineStep: MakeStep = (choices) => ({
  type: 'pipeline',
  ...choices.pick<Fields>({ component: './inner.yml' }, { jobs: { inner: commandStep(choices, []) } }),
});
const sparkStep: MakeStep = () => ({ type: 'spark', code: './src', entry: { file: 'a.py' }, conf: { 'spark.driver.cores': 1 }, args: '--x ${{inputs.x}}' });
const ifElseStep: MakeStep = (choices, [other = 'prep']) => ({
  type: 'if_else',
  condition: `\${{parent.jobs.${other}.outputs.output}}`,
  ...choices.pick<Fields>({ true_block: `\${{parent.jobs.${other}}}` }, { false_block: `\${{parent.jobs.${other}}}` }),
});
const loopStep: MakeStep = (choices, [other = 'prep']) => ({
  type: 'parallel_for',
  body: `\${{parent.jobs.${other}}}`,
  items: choices.pick<Tree>('[{"a": 1}, {"a": 2}]', [{ a: 1 }, { a: 2 }], { one: { a: 1 } }),
});

const command = (choices: Choices): string =>
  choices.pick(
    'python train.py --rate ${{inputs.rate}} --out ${{outputs.model}}',
    'echo "a: b" # no comment',
    'python a.py\npython b.py\n',
    'set -e\n\n# prepare\nif [ -f x ]; then\ncat x\nfi',
    "it's > here\n\n\n",
    'x',
  );

const text = (choices: Choices): string =>
  choices.pick(
    'Prices',
    'two words',
    '',
    'yes',
    '1.0',
    '2026-01-02',
    '# none',
    "it's",
    'a: b',
    ' padded ',
    'with\ttab',
    'Ünïcode ✓',
    'several\nlines',
    'C:\\data\\"x"',
    '- dash',
    'a, [b], {c}',
    '*star',
    'ends:',
    '<<',
  );

const literal = (choices: Choices): Tree => choices.pick<Tree>(0, 0.1, -3, 1e21, true, false, text(choices), '5', 'true', null);

const dataIn = (choices: Choices): Tree =>
  choices.pick<Tree>(
    { type: 'uri_folder', path: './data' },
    { path: 'azureml:prices:1', mode: 'ro_mount', type: 'mltable' },
    { type: 'uri_file', path: 'https://example.org/a?b=c#d' },
  );

const inputsOf = (choices: Choices, others: readonly string[]): Fields =>
  optional(choices, {
    rate: literal(choices),
    data: choices.pick<Tree>('${{parent.inputs.data}}', { type: 'uri_folder', path: '${{parent.inputs.data}}' }, dataIn(choices)),
    rows: others[0] === undefined ? literal(choices) : `\${{parent.jobs.${others[0]}.outputs.output}}`,
    'dashed-name': literal(choices),
  });

const outputsOf = (choices: Choices): Fields =>
  optional(choices, {
    output: choices.pick<Tree>(null, {}, '${{parent.outputs.model}}', { type: 'uri_file', path: 'a/${{name}}' }),
    other: { mode: 'rw_mount', name: 'prices', version: choices.pick<Tree>('3', 3) },
  });

const anything = (choices: Choices): Tree =>
  choices.pick<Tree>(
    literal(choices),
    [1, [literal(choices)], { a: [] }],
    { deep: { deeper: literal(choices), list: ['x', { y: literal(choices), z: null }] } },
    [],
    {},
  );
