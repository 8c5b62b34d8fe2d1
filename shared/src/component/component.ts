import { z } from 'zod';
import { Json, Scalar } from '../json.ts';
import { Environment } from './environment.ts';
import { Family } from './family.ts';
import { DataType, ScalarType } from './port-type.ts';

/** A form hint for a text parameter: how it is best edited. The value stays a string. */
export const ParameterFormat = z.enum(['columns', 'column', 'sql', 'python', 'multiline']);
export type ParameterFormat = z.infer<typeof ParameterFormat>;

/** Our own keys on a port or parameter; kept apart so that any other tool ignores them. */
export const PortExtension = z.looseObject({
  label: z.string().optional(),
  /** What a `custom_model` holds (`untrained_model`, `transformation`): kinds must agree along an edge. */
  kind: z.string().optional(),
  /** Data types that the input takes besides its own. */
  accepts: z.array(DataType).optional().catch(undefined),
  format: ParameterFormat.optional().catch(undefined),
  unit: z.string().optional(),
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

export const OutputDefinition = z.looseObject({
  ...portBase,
  type: z.union([DataType, ScalarType]).default('uri_folder'),
  mode: z.string().optional(),
});
export type OutputDefinition = z.infer<typeof OutputDefinition>;

export const ComponentExtension = z.looseObject({
  family: Family.optional().catch(undefined),
  /** A Tabler icon name. */
  icon: z.string().optional(),
  summary: z.string().optional(),
  /** Offered as an adapter where an edge's types do not agree. */
  conversion: z.boolean().optional(),
});
export type ComponentExtension = z.infer<typeof ComponentExtension>;

const componentHeader = {
  name: z.string().optional(),
  /** Any scalar becomes text, so that `1` and `"1"` are one version. */
  version: z.union([z.string(), z.number()]).transform(String).pipe(z.string()).optional(),
  display_name: z.string().optional(),
  description: z.string().optional(),
  tags: z.record(z.string(), Json).optional(),
  is_deterministic: z.boolean().optional(),
  inputs: z.preprocess((inputs) => inputs ?? {}, z.record(PortName, InputDefinition)),
  outputs: z.preprocess((outputs) => outputs ?? {}, z.record(PortName, OutputDefinition)),
  'x-pipewright': ComponentExtension.optional(),
};

/** Where a step's environment comes from: a reference (`azureml:NAME:VERSION`), a file, or an inline definition. */
export const EnvironmentReference = z.union([z.string().min(1), Environment]);
export type EnvironmentReference = z.infer<typeof EnvironmentReference>;

export const CommandComponent = z
  .looseObject({
    ...componentHeader,
    type: z.literal('command').default('command'),
    command: z.string().min(1),
    /** Folder of the code snapshot, relative to the file that names it. */
    code: z.string().nullish(),
    additional_includes: z.array(z.string()).nullish(),
    environment: EnvironmentReference.optional(),
  })
  .meta({ id: 'CommandComponent' });
export type CommandComponent = z.infer<typeof CommandComponent>;

/** A registered, versioned unit of work. Commands today; further kinds join this union. */
export const Component = z.discriminatedUnion('type', [CommandComponent]);
export type Component = z.infer<typeof Component>;

/** What a graph needs to know of a component: its typed surface and how it presents itself. */
export type ComponentInterface = Pick<Component, 'inputs' | 'outputs' | 'display_name' | 'name' | 'version' | 'is_deterministic' | 'x-pipewright'>;

/**
 * The components of a document, keyed by the very text that the step uses (`azureml:split_data:1`, `./train.yml`).
 * A reference that is not in it is unknown.
 */
export type ComponentLookup = Readonly<Record<string, ComponentInterface>>;
