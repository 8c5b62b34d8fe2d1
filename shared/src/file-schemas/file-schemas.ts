import { foreignKinds } from '../component/leaf-component.ts';
import { DataType } from '../component/port-type.ts';
import { anything, either, fields, implies, type JsonSchema, kept, mapOf, number, oftenOneOf, ref, text, truth, words } from './json-schema.ts';
import { distribution, foreignKeys, parallelKeys, sweepKeys } from './kind-schemas.ts';
import { inputDeclaration, outputDeclaration, pipelineInput, pipelineOutput, stepInput, stepOutput } from './port-schemas.ts';
import {
  codeKeys,
  commandKey,
  controlKeys,
  environmentKeys,
  environmentReference,
  environmentVariables,
  is_deterministic,
  limits,
  placeKeys,
} from './work-schemas.ts';

const $schema = words('Where editors find the schema of this file.');
const name = text('By which it is registered and named elsewhere: lower-case letters, digits and underscores.');
const version = text('Any text; a name and version stay what they are once they are registered. Left out, the next number.', { examples: ['1', '2.0'] });
const tags = mapOf(anything(''), 'Words to find it by.');
const header = {
  $schema,
  name,
  version,
  display_name: text('What people call it.'),
  description: text('Markdown.'),
  tags,
};

const stepKinds = ['command', 'sweep', 'parallel', 'pipeline', 'if_else', 'parallel_for', 'do_while', ...foreignKinds];
const stepKeys = {
  type: oftenOneOf(stepKinds, 'What kind of step it is; told by its other keys where it is left out.', { default: 'command' }),
  display_name: text('What the canvas calls it.'),
  description: text('Markdown.'),
  component: either(
    [words('', { minLength: 1 }), ref('component')],
    'What the step uses: a registered component (`azureml:NAME:VERSION`, `azureml:NAME@latest`), a file (`./train.yml`), or one in place. Left out by a step with a `command` of its own.',
    { examples: ['azureml:train_model:1', './train.yml'] },
  ),
  inputs: mapOf(ref('stepInput'), 'What the step is given, by the names that its component, or its command, knows.'),
  outputs: mapOf(ref('stepOutput'), 'What the step puts out.'),
  command: commandKey,
  ...codeKeys,
  environment_variables: environmentVariables,
  is_deterministic,
  tags,
  ...placeKeys,
  limits: ref('limits'),
  ...controlKeys,
  ...sweepKeys,
  ...parallelKeys,
  ...foreignKeys,
};

const settings = fields(
  {
    default_compute: text('Where steps run that do not say it themselves. Every compute target that is not known here is this machine.', {
      examples: ['azureml:cpu-cluster'],
    }),
    default_datastore: kept(text('Where outputs are put.')),
    continue_on_step_failure: truth('Steps that do not depend on one that failed go on.', { default: true }),
    force_rerun: truth('Nothing is reused.', { default: false }),
    on_init: words('The step that runs first: no other begins before it is through.'),
    on_finalize: words('The step that runs last, whatever became of the others.'),
    max_parallel: number('Ours: so many steps of this pipeline at once.', { minimum: 1 }),
    timeout: number('Ours: seconds from acceptance to the end of the run.', { exclusiveMinimum: 0 }),
  },
  'How the whole runs.',
);

const layout = fields(
  {
    steps: mapOf({ type: 'object', required: ['x', 'y'], properties: { x: { type: 'number' }, y: { type: 'number' } } }, 'The top left corner of each step.'),
    notes: mapOf(anything('A note on the canvas.'), 'Notes.'),
    groups: mapOf(anything('A frame around steps.'), 'Groups.'),
  },
  'Where things stand on the canvas. It changes no result.',
);

const pipelineKeys = {
  ...header,
  type: oftenOneOf(['pipeline'], 'A pipeline.', { default: 'pipeline' }),
  experiment_name: text('Groups runs.', { default: 'default' }),
  jobs: {
    description: 'The steps, by key: letters, digits and underscores, not starting with a digit.',
    type: ['object', 'null'],
    additionalProperties: ref('step'),
  } satisfies JsonSchema,
  settings,
  compute: text('As `settings.default_compute`, in older files.'),
  is_deterministic,
  'x-pipewright': fields({ layout, gallery: anything('What a card in the gallery says.') }, 'Keys of Pipewright’s own; other tools ignore them.'),
  identity: placeKeys.identity,
  properties: placeKeys.properties,
};

const componentExtension = fields(
  {
    family: text('Its group in the palette.'),
    icon: text('A Tabler icon name.'),
    summary: text('One line below its name.'),
    conversion: truth('Offered where the types of an edge do not agree.'),
  },
  'Keys of ours; other tools ignore them.',
);

const componentKeys = {
  ...header,
  type: oftenOneOf(stepKinds, 'What kind of work it is.', { default: 'command' }),
  inputs: mapOf(ref('inputDeclaration'), 'What it takes, by name.'),
  outputs: mapOf(ref('outputDeclaration'), 'What it puts out, by name.'),
  is_deterministic,
  command: commandKey,
  ...codeKeys,
  environment_variables: environmentVariables,
  ...placeKeys,
  limits: ref('limits'),
  ...parallelKeys,
  ...foreignKeys,
  jobs: pipelineKeys.jobs,
  'x-pipewright': componentExtension,
};

const isKind = (kind: string): JsonSchema => ({ properties: { type: { const: kind } }, required: ['type'] });

/** What a kind must have; without a kind it is a command. */
const component: JsonSchema = {
  ...fields(componentKeys, 'A unit of work: typed inputs and outputs, a command, its code and its environment.'),
  type: 'object',
  allOf: [
    implies(isKind('pipeline'), { required: ['jobs'] }),
    implies(isKind('parallel'), { required: ['task'] }),
    implies(
      { anyOf: [isKind('command'), { not: { anyOf: [{ required: ['type'] }, { required: ['jobs'] }, { required: ['task'] }] } }] },
      { required: ['command'] },
    ),
  ],
};

const step: JsonSchema = {
  ...fields(stepKeys, 'One use of a component.'),
  type: 'object',
  allOf: [
    implies(isKind('sweep'), { required: ['trial', 'search_space', 'objective'] }),
    // A kind of Azure's own holds what only it knows.
    implies(
      { not: { required: ['type'] } },
      { anyOf: [{ required: ['component'] }, { required: ['command'] }, { required: ['trial'] }, { required: ['task'] }] },
    ),
  ],
};

const $defs = {
  step,
  component,
  distribution,
  limits,
  environmentReference,
  inputDeclaration,
  outputDeclaration,
  stepInput,
  stepOutput,
  pipelineInput,
  pipelineOutput,
};

const file = (title: string, schema: JsonSchema): JsonSchema => ({ $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...schema, $defs });

const pipeline: JsonSchema = {
  ...fields(
    { ...pipelineKeys, inputs: mapOf(ref('pipelineInput'), 'What a run is given.'), outputs: mapOf(ref('pipelineOutput'), 'What a run puts out.') },
    'A pipeline: steps, what they are wired to, and how they run. Azure ML’s own CLI (v2) reads the same file.',
  ),
  type: 'object',
  required: ['jobs'],
};

const asset = (kinds: readonly string[], what: string): JsonSchema => ({
  ...fields(
    { ...header, type: oftenOneOf(kinds, 'What kind it is.'), path: words('Where it lies, relative to this file, or an address.', { minLength: 1 }) },
    `${what} that is registered under a name.`,
  ),
  type: 'object',
  required: ['name', 'path'],
});

const models = ['mlflow_model', 'custom_model', 'triton_model'] as const;
const environment: JsonSchema = { ...fields({ $schema, ...environmentKeys }, 'What steps run in: a version of Python and packages.'), type: 'object' };

/** When a job is due means nothing here yet: the job can be opened and run. */
const schedule: JsonSchema = {
  ...fields(
    {
      ...header,
      trigger: kept(
        fields(
          {
            type: oftenOneOf(['recurrence', 'cron'], 'How the times are told.'),
            frequency: oftenOneOf(['minute', 'hour', 'day', 'week', 'month'], 'Of a recurrence.'),
            interval: number('Of a recurrence: every so many.'),
            expression: words('Of cron: five fields.'),
            start_time: text('From when on.'),
            end_time: text('Until when.'),
            time_zone: text('Of those times.', { default: 'UTC' }),
            schedule: anything('Hours, minutes and days.'),
          },
          'When the job is due.',
        ),
      ),
      create_job: either(
        [
          words('A pipeline: a file, or `azureml:NAME:VERSION`.'),
          fields(
            {
              ...pipelineKeys,
              job: either([words('The pipeline.'), anything('')], 'The pipeline: a file, a name, or in place.'),
              inputs: mapOf(ref('pipelineInput'), 'In place of those of the pipeline.'),
              outputs: mapOf(ref('pipelineOutput'), 'In place of those of the pipeline.'),
            },
            'A pipeline with values of its own.',
          ),
        ],
        'What is run.',
      ),
    },
    'A pipeline and when it is due.',
  ),
  type: 'object',
  required: ['create_job'],
};

/** JSON Schemas of the files that people write, by name: editors complete, explain and check YAML by them. */
export const fileSchemas: Readonly<Record<string, JsonSchema>> = {
  'pipeline.json': file('Pipeline', pipeline),
  'component.json': file('Component', component),
  'environment.json': file('Environment', environment),
  'data.json': file('Data', asset(DataType.options, 'Data')),
  'model.json': file('Model', asset(models, 'A model')),
  'schedule.json': file('Schedule', schedule),
  'step.json': file('Step', step),
};
