import { z } from 'zod';
import { Json } from '../json.ts';
import { Family } from './family.ts';
import { InputDefinition, OutputDefinition, PortName } from './ports.ts';

export const ComponentExtension = z.looseObject({
  family: Family.optional().catch(undefined),
  /** A Tabler icon name. */
  icon: z.string().optional(),
  summary: z.string().optional(),
  /** Offered as an adapter where an edge's types do not agree. */
  conversion: z.boolean().optional(),
});
export type ComponentExtension = z.infer<typeof ComponentExtension>;

/** What components of every kind say of themselves. */
export const componentHeader = {
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

/** What a graph needs to know of a component: its kind, its typed surface and how it presents itself. */
export interface ComponentInterface {
  readonly type?: string | undefined;
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly display_name?: string | undefined;
  readonly is_deterministic?: boolean | undefined;
  readonly inputs: Record<string, InputDefinition>;
  readonly outputs: Record<string, OutputDefinition>;
  readonly 'x-pipewright'?: ComponentExtension | undefined;
}

/**
 * The components of a document, keyed by the very text that the step uses (`azureml:split_data:1`, `./train.yml`).
 * A reference that is not in it is unknown.
 */
export type ComponentLookup = Readonly<Record<string, ComponentInterface>>;
