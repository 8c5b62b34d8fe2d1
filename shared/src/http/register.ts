import { z } from 'zod';
import { AssetKind } from '../asset/asset.ts';
import { DataType } from '../component/port-type.ts';

/** What is taken into the workspace by name: a YAML file of a component, an environment, data or a model; or bytes. */
export const Register = z.union([
  /** A path on the server's machine. */
  z.strictObject({ file: z.string() }),
  z.strictObject({
    kind: AssetKind,
    name: z.string().min(1).max(255),
    /** A file or folder on the server's machine, or an address. */
    path: z.string().min(1),
    /** The next number unless said. */
    version: z.string().min(1).optional(),
    type: DataType.optional(),
    description: z.string().optional(),
  }),
]);
export type Register = z.infer<typeof Register>;

export const Registered = z.object({
  kind: z.enum(['component', 'environment', 'data', 'model']),
  name: z.string(),
  version: z.string(),
  /** `unchanged`: the same content was registered before. */
  outcome: z.enum(['registered', 'unchanged']),
  /** What was taken for what, and what is missing. */
  notes: z.array(z.string()),
});
export type Registered = z.infer<typeof Registered>;
