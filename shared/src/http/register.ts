import { z } from 'zod';
import { AssetKind, AssetTexts, BytesKind } from '../asset/asset.ts';
import { DataType } from '../component/port-type.ts';

const bytes = {
  kind: BytesKind,
  name: z.string().min(1).max(255),
  /** The next number unless said. */
  version: z.string().min(1).max(100).optional(),
  type: DataType.optional(),
  displayName: z.string().max(255).optional(),
  description: z.string().max(20_000).optional(),
  tags: AssetTexts.shape.tags.optional(),
};

/** An output of a step of a run, as its bytes lie in the store. */
export const RegisterOutputRequest = z.strictObject({
  ...bytes,
  output: z.strictObject({ run: z.string().regex(/^\d+$/), step: z.string(), port: z.string() }),
});
export type RegisterOutputRequest = z.infer<typeof RegisterOutputRequest>;

/** What is taken into the workspace by name: a YAML file of a component, an environment, data or a model; or bytes. */
export const Register = z.union([
  /** A path on the server's machine. */
  z.strictObject({ file: z.string() }),
  /** A file or folder on the server's machine, an address, or an output of a run as `azureml://jobs/RUN/outputs/NAME`. */
  z.strictObject({ ...bytes, path: z.string().min(1) }),
  RegisterOutputRequest,
  /** What was sent to `/uploads/ID/…` before. */
  z.strictObject({ ...bytes, upload: z.string() }),
]);
export type Register = z.infer<typeof Register>;

/** It names a folder. */
export const isUploadId = (text: string): boolean => /^[0-9a-zA-Z-]{8,64}$/.test(text);

export const Registered = z.object({
  kind: AssetKind,
  name: z.string(),
  version: z.string(),
  /** `unchanged`: the same content was registered before. */
  outcome: z.enum(['registered', 'unchanged']),
  /** What was taken for what, and what is missing. */
  notes: z.array(z.string()),
});
export type Registered = z.infer<typeof Registered>;
