import { z } from 'zod';
import { Scalar } from '../json.ts';
import { DataType, ScalarType } from './port-type.ts';

/** A form hint for a text parameter: how it is best edited. The value stays a string. */
export const ParameterFormat = z.enum(['columns', 'column', 'sql', 'python', 'multiline']);
export type ParameterFormat = z.infer<typeof ParameterFormat>;

/** The control that edits a parameter, where its type does not say enough. The value stays what the type says. */
export const ParameterWidget = z.enum([
  ...ParameterFormat.options,
  'text',
  'number',
  'switch',
  'select',
  'segments',
  'yaml',
  'json',
  'date',
  'time',
  'datetime',
  'list',
  'map',
]);
export type ParameterWidget = z.infer<typeof ParameterWidget>;

/** Our own keys on a port or parameter; kept apart so that any other tool ignores them. */
export const PortExtension = z.looseObject({
  label: z.string().optional(),
  /** What a `custom_model` holds (`untrained_model`, `transformation`): kinds must agree along an edge. */
  kind: z.string().optional(),
  /** Data types that the input takes besides its own. */
  accepts: z.array(DataType).optional().catch(undefined),
  format: ParameterFormat.optional().catch(undefined),
  /** Counts before `format`, which is the older word for some of them. */
  widget: ParameterWidget.optional().catch(undefined),
  unit: z.string().optional(),
  /** By how much an arrow key changes a number. */
  step: z.number().positive().optional().catch(undefined),
  /** Rows of a long form that stand together, closed at first unless they hold something. */
  group: z.string().optional().catch(undefined),
  /** Of a parameter: the input whose columns it names. Of an output: the input whose columns it has. */
  columns_of: z.string().optional().catch(undefined),
});
export type PortExtension = z.infer<typeof PortExtension>;

/** A name of an input or an output; groups flatten to dotted names. */
export const PortName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/);

const portBase = { description: z.string().optional(), 'x-pipewright': PortExtension.optional() };

export const ParameterDefinition = z.looseObject({
  ...portBase,
  type: ScalarType,
  optional: z.boolean().optional(),
  default: Scalar.nullable().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  enum: z.array(Scalar).optional(),
});
export type ParameterDefinition = z.infer<typeof ParameterDefinition>;

export const DataInputDefinition = z.looseObject({
  ...portBase,
  type: DataType,
  optional: z.boolean().optional(),
  default: z.string().nullable().optional(),
  mode: z.string().optional(),
});
export type DataInputDefinition = z.infer<typeof DataInputDefinition>;

export const InputDefinition = z.union([ParameterDefinition, DataInputDefinition]);
export type InputDefinition = z.infer<typeof InputDefinition>;

/** Whether a step cannot run without being given the input. */
export const isRequired = ({ optional, default: fallback }: InputDefinition): boolean => optional !== true && (fallback === undefined || fallback === null);

export const OutputDefinition = z.looseObject({
  ...portBase,
  type: z.union([DataType, ScalarType]).default('uri_folder'),
  mode: z.string().optional(),
});
export type OutputDefinition = z.infer<typeof OutputDefinition>;
