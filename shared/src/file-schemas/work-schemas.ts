import { mostRounds, RetryEnding, ReusePolicy } from '../pipeline/step-control.ts';
import { anything, either, fields, type JsonSchema, kept, listOf, mapOf, number, oftenOneOf, oneOf, ref, text, truth, words } from './json-schema.ts';

/** What is done: command, code, environment. */
export const codeKeys = {
  code: either(
    [words(''), fields({ path: words('The folder.') }, 'As older files write it.')],
    'The folder whose files the step finds in its working directory, relative to this file. `.amlignore` and `.gitignore` are honoured.',
    { examples: ['./src'] },
  ),
  additional_includes: listOf(words(''), 'More files and folders that are put beside the code.'),
  environment: ref('environmentReference'),
};

export const commandKey = words(
  'What runs, under bash. `${{inputs.NAME}}` and `${{outputs.NAME}}` become values and paths; what stands in `$[[ … ]]` is left out where the optional input in it has no value.',
  { minLength: 1, examples: ['python train.py --data ${{inputs.data}} --model ${{outputs.model}} $[[--seed ${{inputs.seed}}]]'] },
);

export const environmentVariables = mapOf({ type: ['string', 'number', 'boolean', 'null'] }, 'Environment variables of the process, by name.');

export const environmentKeys = {
  name: text('Under which it is registered.'),
  version: text('Any text; left out, the next number.'),
  description: text('Markdown.'),
  tags: mapOf(anything(''), 'Words to find it by.'),
  python: words('Ours: the versions of Python that will do, in the notation of PEP 440.', { examples: ['>=3.9', '==3.11.*'] }),
  requirements: either([listOf({ type: 'string' }, ''), words('')], 'Ours: packages as pip names them, in a list or a file’s text.', {
    examples: [['pandas>=2', 'scikit-learn==1.5.*']],
  }),
  variables: mapOf({ type: ['string', 'number', 'boolean', 'null'] }, 'Ours: environment variables for every step in it.'),
  conda_file: either(
    [
      words('A path relative to this file.'),
      fields(
        {
          name: text('Of the environment.'),
          channels: listOf({ type: 'string' }, 'Where conda looks. Packages come from PyPI here.'),
          dependencies: listOf(anything('A package, or `pip` with a list of its own.'), 'Packages: those of conda are taken from PyPI where it has them.'),
        },
        'The file’s content, in place.',
      ),
    ],
    'A conda environment: a file, or its content.',
  ),
  image: words('A Docker image. Here a curated image stands for the packages that it is known for, and any other for the base Python.'),
  build: kept(fields({ path: words('The folder.'), dockerfile_path: words('In that folder.', { default: 'Dockerfile' }) }, 'An image to be built.')),
  os_type: kept(oftenOneOf(['linux', 'windows'], 'Of the image.', { default: 'linux' })),
  inference_config: kept(anything('Routes of a scoring image.')),
  'x-pipewright': fields(
    {
      resolution: oneOf(
        ['strict', 'relaxed'],
        '`strict`: exactly what is written here, or an error. `relaxed`: the nearest that can be had, each difference noted.',
        { default: 'relaxed' },
      ),
    },
    'Keys of ours.',
  ),
};

export const environmentReference: JsonSchema = either(
  [words('', { minLength: 1 }), fields(environmentKeys, 'Defined in place.')],
  'What the command runs in: a registered environment (`azureml:NAME:VERSION`, `azureml:NAME@latest`), a curated one, a file, or a definition in place.',
  { examples: ['azureml:sklearn-1.5@latest', './environment.yml', { python: '>=3.10', requirements: ['pandas'] }] },
);

/** Where it runs, and what only Azure can do. */
export const placeKeys = {
  compute: text('Where it runs. Every compute target that is not known here is this machine.', {
    examples: ['local', 'azureml:cpu-cluster', '${{parent.inputs.compute}}'],
  }),
  resources: fields(
    {
      cpu: number('Ours: processors that it takes while it runs.', { exclusiveMinimum: 0 }),
      memory: either([{ type: ['string', 'number', 'null'] }], 'Ours: memory that it takes, as in `512 MB` or `2GiB`.', { examples: ['2GiB'] }),
      gpu: number('Ours: graphics cards that it takes.', { minimum: 0 }),
      instance_count: kept(number('Nodes.', { default: 1 })),
      instance_type: kept(text('Size of the machine.')),
      shm_size: kept(text('Shared memory of the container.', { default: '2g' })),
      docker_args: kept(text('More arguments of `docker run`.')),
      max_instance_count: kept(number('Nodes at most.')),
      locations: kept(listOf({ type: 'string' }, 'Regions.')),
      properties: kept(anything('More settings.')),
    },
    'What it takes of the machine while it runs; no more steps run side by side than fit.',
  ),
  distribution: kept(
    fields(
      {
        type: oftenOneOf(['mpi', 'pytorch', 'tensorflow', 'ray'], 'The framework.'),
        process_count_per_instance: number('Processes on each node.', { default: 1 }),
        worker_count: number('Workers in all.'),
        parameter_server_count: number('Parameter servers.', { default: 0 }),
      },
      'How the command is spread over nodes.',
    ),
  ),
  identity: kept(fields({ type: oftenOneOf(['user_identity', 'managed', 'managed_identity', 'aml_token'], 'Whose rights it has.') }, 'Whose rights it has.')),
  queue_settings: kept(
    fields(
      {
        job_tier: oftenOneOf(['spot', 'basic', 'standard', 'premium'], 'What it may cost.'),
        priority: oftenOneOf(['low', 'medium', 'high'], 'Before others or after them.'),
      },
      'Its place in the queue.',
    ),
  ),
  services: kept(mapOf(anything(''), 'Ways into the running job: ssh, tensor_board, vs_code, jupyter_lab.')),
  properties: kept(mapOf(anything(''), 'Texts by name.')),
};

export const limits: JsonSchema = fields(
  {
    timeout: number('Seconds from the start of the process; of a sweep, of the whole.', { exclusiveMinimum: 0 }),
    trial_timeout: number('Of a sweep: seconds for each trial.', { exclusiveMinimum: 0 }),
    max_total_trials: number('Of a sweep: how many values are tried.', { minimum: 1, default: 1000 }),
    max_concurrent_trials: number('Of a sweep: how many at once.', { minimum: 1 }),
  },
  'When it is ended before its time.',
);

/** Ours: whether, when and how often a step runs. */
export const controlKeys = {
  retries: either(
    [
      { type: ['integer', 'null'], minimum: 0, maximum: 100 },
      {
        type: 'object',
        required: ['count'],
        additionalProperties: false,
        properties: {
          count: { description: 'Attempts after the first one.', type: 'integer', minimum: 0, maximum: 100 },
          backoff: { description: 'Seconds before the first retry.', type: 'number', minimum: 0, maximum: 86_400, default: 1 },
          factor: { description: 'Each further wait is so many times as long.', type: 'number', minimum: 1, maximum: 10, default: 2 },
          max_backoff: { description: 'The longest wait, in seconds.', type: 'number', minimum: 0, maximum: 86_400, default: 300 },
          jitter: {
            description: 'The share by which a wait may be shorter, so that steps that failed together do not come back together.',
            type: 'number',
            minimum: 0,
            maximum: 1,
            default: 0.2,
          },
          on: { description: 'The endings after which it is tried again.', type: 'array', minItems: 1, items: { enum: RetryEnding.options } },
          exit_codes: {
            description: 'Only these exit codes of a failed attempt.',
            type: 'array',
            minItems: 1,
            items: { type: 'integer', minimum: 1, maximum: 255 },
          },
        },
      },
    ],
    'Ours: how often a step that failed is tried again, and how.',
    { examples: [2, { count: 3, backoff: 10 }] },
  ),
  depends_on: either(
    [words('', { minLength: 1 }), listOf({ type: 'string', minLength: 1 }, '')],
    'Ours: steps that end before this one begins, though it reads nothing of them.',
    { examples: ['prep', ['prep', 'check']] },
  ),
  when: either(
    [{ type: ['boolean', 'null'] }, { type: 'string', minLength: 1 }],
    'Ours: a condition. Where it is false the step is skipped, and what reads it as well.',
    { examples: ['${{parent.jobs.check.outputs.rows}} > 100', 'failed()'] },
  ),
  for_each: {
    description: 'Ours: the step once for each item.',
    type: ['object', 'null'],
    additionalProperties: false,
    required: ['items'],
    properties: {
      items: either([{ type: 'array' }, { type: 'string', minLength: 1 }], 'A list, or a binding to a list’s text or to a folder of files.', {
        examples: [['2023', '2024'], '${{parent.jobs.split.outputs.parts}}'],
      }),
      input: words('The input that takes the item.', { minLength: 1 }),
      by_name: truth('Each item is a map, and fills the inputs of its names.'),
      max_parallel: number('How many at once.', { minimum: 1 }),
    },
  } satisfies JsonSchema,
  repeat: {
    description: 'Ours: the step again and again, as long as what it puts out says so. Its outputs are those of the last round.',
    type: ['object', 'null'],
    additionalProperties: false,
    required: ['while'],
    properties: {
      while: either(
        [words('', { minLength: 1 }), { type: 'boolean' }],
        'The boolean output that says whether there is another round; `true`: there is one, up to `max`.',
        { examples: ['more'] },
      ),
      feed: mapOf(words('', { minLength: 1 }), 'Inputs that take an output of the round before: `INPUT: OUTPUT`.', { examples: [{ count: 'next' }] }),
      max: number('Rounds at most.', { minimum: 1, maximum: mostRounds, default: mostRounds }),
    },
  } satisfies JsonSchema,
  reuse: oneOf(
    ReusePolicy.options,
    'Ours: `auto` takes an earlier result of the same content over; `always` takes the newest whatever differs; `never` runs each time.',
    { default: 'auto' },
  ),
};

export const is_deterministic = truth('False: it is never reused, because it looks at something outside that may have changed.', { default: true });
