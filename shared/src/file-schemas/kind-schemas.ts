import { anything, either, fields, implies, type JsonSchema, kept, listOf, mapOf, number, oftenOneOf, oneOf, ref, text, words } from './json-schema.ts';
import { codeKeys } from './work-schemas.ts';

const range = {
  min_value: number('The least value; of a `log…` kind, its logarithm.'),
  max_value: number('The greatest value; of a `log…` kind, its logarithm.'),
};
const bell = { mu: number('The mean.'), sigma: number('The standard deviation.', { exclusiveMinimum: 0 }) };
const q = number('Values are rounded to multiples of it.', { exclusiveMinimum: 0 });

/** `Choice` is taken for `choice`. */
const anyCase = (name: string): string => `^[${name[0]?.toUpperCase()}${name[0]}]${name.slice(1)}$`;

const distributions: readonly (readonly [string, string, Readonly<Record<string, JsonSchema>>])[] = [
  ['choice', 'One of a list of values.', { values: listOf(anything('A value.'), 'What is tried.', { minItems: 1 }) }],
  ['randint', 'A whole number from 0 up to, and without, `upper`.', { upper: number('The bound.', { minimum: 1 }) }],
  ['uniform', 'Any number between two, each as likely.', range],
  ['quniform', 'A multiple of `q` between two numbers.', { ...range, q }],
  ['loguniform', 'Numbers whose logarithms are as likely: for learning rates and the like.', range],
  ['qloguniform', 'The same, as multiples of `q`.', { ...range, q }],
  ['normal', 'Numbers around `mu`.', bell],
  ['qnormal', 'The same, as multiples of `q`.', { ...bell, q }],
  ['lognormal', 'Numbers whose logarithms are around `mu`.', bell],
  ['qlognormal', 'The same, as multiples of `q`.', { ...bell, q }],
];

export const distribution: JsonSchema = {
  description: 'Where the values of a parameter come from.',
  type: 'object',
  required: ['type'],
  properties: { type: { description: 'The distribution.', anyOf: [{ enum: distributions.map(([name]) => name) }, { type: 'string', pattern: '^[A-Z]' }] } },
  allOf: distributions.map(([name, description, keys]) =>
    implies({ properties: { type: { type: 'string', pattern: anyCase(name) } } }, { description, properties: keys, required: Object.keys(keys) }),
  ),
};

const seedAndRule = {
  seed: number('The same seed draws the same values. Here it is 0 unless said, so that a sweep that is run again finds its trials.', { default: 0 }),
  rule: oneOf(['random', 'sobol'], 'How `random` draws.', { default: 'random' }),
};
const algorithms = ['random', 'grid', 'bayesian'];

export const sweepKeys = {
  trial: either(
    [words('', { minLength: 1 }), ref('component')],
    'What is tried: a component (registered, in a file, or in place) whose command has `${{search_space.NAME}}`.',
  ),
  search_space: { description: 'What is tried, by the name of the parameter.', type: 'object', additionalProperties: ref('distribution') } satisfies JsonSchema,
  sampling_algorithm: either(
    [
      oftenOneOf(algorithms, ''),
      { type: 'object', required: ['type'], properties: { type: oftenOneOf(algorithms, 'How values are chosen.'), ...seedAndRule } },
    ],
    'How values are chosen. `grid` tries each, and needs choice, randint or quniform.',
    { default: 'random', examples: ['random', 'grid', 'bayesian', { type: 'random', rule: 'sobol', seed: 7 }] },
  ),
  objective: {
    description: 'What is to become great or small.',
    type: 'object',
    required: ['primary_metric', 'goal'],
    properties: {
      primary_metric: words('The metric, by the name under which trials log it.', { minLength: 1 }),
      goal: { description: 'Whether more of it is better.', anyOf: [{ enum: ['maximize', 'minimize'] }, { type: 'string', pattern: '^[Mm](axi|ini)mize$' }] },
    },
  } satisfies JsonSchema,
  early_termination: either(
    [
      { type: 'null' },
      {
        type: 'object',
        required: ['type'],
        properties: {
          type: oftenOneOf(['bandit', 'median_stopping', 'truncation_selection'], 'The rule.'),
          evaluation_interval: number('It looks at every so many loggings of the metric.', { minimum: 1, default: 1 }),
          delay_evaluation: number('It lets so many loggings pass first.', { minimum: 0, default: 0 }),
          slack_factor: number('Of `bandit`: the share by which a trial may be worse than the best.', { minimum: 0 }),
          slack_amount: number('Of `bandit`: by how much a trial may be worse than the best.', { minimum: 0 }),
          truncation_percentage: number('Of `truncation_selection`: so many percent of the trials end.', { minimum: 0, maximum: 99 }),
        },
      },
    ],
    'When a trial that does worse than others is ended before its time.',
  ),
};

export const parallelKeys = {
  input_data: words('The input that is split into mini-batches.', { examples: ['${{inputs.images}}'] }),
  mini_batch_size: text('Files in a mini-batch; of an `mltable`, about so many bytes of its rows, as in `100 kb`.', { default: '1' }),
  partition_keys: either([listOf({ type: 'string' }, ''), words('')], 'Rows with the same values of these columns are one mini-batch.'),
  max_concurrency_per_instance: number('Mini-batches at once; the machine’s processors unless said.'),
  mini_batch_error_threshold: number('So many mini-batches may fail; -1: all of them.', { default: -1 }),
  logging_level: oftenOneOf(['DEBUG', 'INFO', 'WARNING'], 'How much the log tells.', { default: 'INFO' }),
  retry_settings: fields(
    {
      max_retries: number('How often a mini-batch that failed is tried again.', { default: 2 }),
      timeout: number('Seconds for each call of `run`.', { default: 60, exclusiveMinimum: 0 }),
    },
    'For mini-batches that fail.',
  ),
  task: either(
    [
      { type: ['string', 'null'] },
      fields(
        {
          ...codeKeys,
          type: oftenOneOf(['run_function', 'function', 'model'], 'Of the script.', { default: 'run_function' }),
          entry_script: words('A Python file with `init()`, `run(mini_batch)` and, if it likes, `shutdown()`.', { examples: ['score.py'] }),
          program_arguments: words('Its arguments; `${{inputs.NAME}}` and `${{outputs.NAME}}` become values and paths.'),
          append_row_to: words('The output that gets all that `run` returns, in one file.', { examples: ['${{outputs.scores}}'] }),
          environment_variables: mapOf({ type: ['string', 'number', 'boolean', 'null'] }, 'Environment variables, by name.'),
        },
        'A script.',
      ),
    ],
    'What each mini-batch is worked on by. AutoML and data transfers use the word for what they do.',
  ),
};

/** Of kinds that run in Azure only. */
export const foreignKeys = {
  entry: kept(anything('Of a Spark step: `file` or `class_name`.')),
  py_files: kept(anything('Of a Spark step.')),
  jars: kept(anything('Of a Spark step.')),
  files: kept(anything('Of a Spark step.')),
  archives: kept(anything('Of a Spark step.')),
  conf: kept(anything('Of a Spark step: its settings.')),
  args: kept(words('Of a Spark step: its arguments.')),
  training_data: kept(anything('Of AutoML: the table that is learnt from.')),
  validation_data: kept(anything('Of AutoML.')),
  test_data: kept(anything('Of AutoML.')),
  target_column_name: kept(text('Of AutoML: the column that is learnt.')),
  primary_metric: kept(text('Of AutoML: what is to become great.')),
  featurization: kept(anything('Of AutoML.')),
  training: kept(anything('Of AutoML: which models are tried.')),
};
