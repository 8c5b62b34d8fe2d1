import { DataType, ScalarType } from '../component/port-type.ts';
import { ParameterFormat, ParameterWidget } from '../component/ports.ts';
import { anything, either, fields, type JsonSchema, listOf, number, oftenOneOf, text, truth, words } from './json-schema.ts';

const types = [...DataType.options, ...ScalarType.options];
const type = (description: string, more: Parameters<typeof oftenOneOf>[2] = {}): JsonSchema => oftenOneOf(types, description, more);

const path = words(
  'Where it lies: a path relative to this file, an address, a datastore (`azureml://datastores/NAME/paths/P`), or an asset (`azureml:NAME:VERSION`; of a model also `models:/NAME/VERSION`).',
  {
    examples: ['./data/cars.csv', 'azureml:prices:3', 'azureml://datastores/workspaceblobstore/paths/prices/'],
  },
);

const inputMode = oftenOneOf(
  ['ro_mount', 'download', 'direct', 'eval_mount', 'eval_download', 'rw_mount'],
  'How the data reaches the step in Azure. Here it is used where it lies, except that `direct` gives the address as it is written.',
  { default: 'ro_mount' },
);
const outputMode = oftenOneOf(['rw_mount', 'upload', 'direct'], 'How the bytes are written in Azure. Kept as it is written; no effect on this machine.', {
  default: 'rw_mount',
});

const portExtension = fields(
  {
    label: text('What the inspector calls it.'),
    kind: words('What a `custom_model` holds (`untrained_model`, `transformation`): kinds must agree along an edge.'),
    accepts: listOf({ enum: DataType.options }, 'Data types that the input takes besides its own.'),
    format: oftenOneOf(ParameterFormat.options, 'How a text parameter is best edited.'),
    widget: oftenOneOf(ParameterWidget.options, 'The control that edits the parameter, where its type does not say enough; counts before `format`.'),
    unit: text('Shown behind the value.'),
    step: number('By how much an arrow key changes the number.'),
    group: text('Rows of a long form that stand together under this title.'),
    columns_of: text('Of a parameter: the input whose columns it names. Of an output: the input whose columns it has.'),
  },
  'Keys of ours on a port or parameter; other tools ignore them.',
);

const scalar: JsonSchema = { type: ['string', 'number', 'boolean'] };

/** What a component, or a pipeline with an interface of its own, says of an input. */
const declarationKeys = {
  type: type('What it takes: a value (`string`, `number`, `integer`, `boolean`) or data.'),
  description: text('Shown as a help text.'),
  optional: truth('Whether it may be left out. In the command an optional input stands in `$[[ … ]]`.', { default: false }),
  default: either([scalar, { type: 'null' }], 'Taken where no value is given.'),
  min: number('The least number that is taken.'),
  max: number('The greatest number that is taken.'),
  enum: listOf(scalar, 'The values to choose from, shown as a list; another one is passed on with a warning.'),
  mode: inputMode,
  'x-pipewright': portExtension,
};

/** One schema for the declaration of an input, which names a type. */
export const inputDeclaration: JsonSchema = either(
  [fields(declarationKeys, 'A typed input.'), { type: ['string', 'number', 'boolean'], description: 'Short for a default.' }],
  'An input of the component.',
);

export const outputDeclaration: JsonSchema = fields(
  {
    type: type('What it puts out: data, or (ours) a value of type `string`, `number`, `integer` or `boolean` that other steps can take.', {
      default: 'uri_folder',
    }),
    description: text('Shown as a help text.'),
    mode: outputMode,
    path,
    is_control: truth('Azure’s word for an output that is a value.'),
    'x-pipewright': portExtension,
  },
  'An output of the component; empty: a folder.',
);

/** Data that is named by where it lies. */
const dataKeys = {
  type: type('What kind of data it is.', { default: 'uri_folder' }),
  path,
  mode: inputMode,
  description: text('Shown as a help text.'),
};

const literal: JsonSchema = { description: 'A value.', type: ['string', 'number', 'boolean', 'null'] };

export const pipelineInput: JsonSchema = either(
  [literal, fields({ ...dataKeys, ...declarationKeys, mode: inputMode }, 'Data with its path, or a typed input with a default.')],
  'An input of the pipeline: a value, data with its path, or a typed input. Steps take it as `${{parent.inputs.NAME}}`.',
  { examples: [42, { type: 'uri_file', path: './data/cars.csv' }] },
);

const outputKeys = {
  type: type('What kind of data it is; the component’s own type where it is left out.', { default: 'uri_folder' }),
  mode: outputMode,
  path: words('Where it is put: a datastore (`azureml://datastores/NAME/paths/P`). Here that is a folder that `config.yml` names, or one in the data folder.'),
  name: text('Registers what was put out under this name when the step has ended.'),
  version: text('The version it is registered under; left out, the next number.'),
  description: text('Shown as a help text.'),
};

export const pipelineOutput: JsonSchema = either(
  [{ type: ['string', 'null'] }, fields(outputKeys, 'Type, place, name.')],
  'An output of the pipeline. A step fills it by naming it: `outputs: { model: ${{parent.outputs.NAME}} }`.',
);

export const stepInput: JsonSchema = either(
  [literal, fields({ ...dataKeys, path: { ...path, description: `${path.description ?? ''} Or a binding, to give it a mode.` } }, 'Data with its path.')],
  'What the step is given: a value, a binding (`${{parent.inputs.NAME}}`, `${{parent.jobs.STEP.outputs.NAME}}`), or data with its path.',
  { examples: ['${{parent.inputs.seed}}', '${{parent.jobs.prep.outputs.table}}'] },
);

export const stepOutput: JsonSchema = either(
  [{ type: ['string', 'null'] }, fields(outputKeys, 'Type, place, name.')],
  'An output of the step: empty, the output of the pipeline that it fills (`${{parent.outputs.NAME}}`, as `path` to give it a mode), or where and under which name it is kept.',
);

export const extension = anything('Keys of Pipewright’s own; other tools ignore them.');
