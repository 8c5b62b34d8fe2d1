import { z } from 'zod';
import { PortType } from '../component/port-type.ts';
import { ContentHash } from '../ids.ts';
import { Scalar } from '../json.ts';

/** The bytes that a step produced, addressed by their content. */
export const Artifact = z.object({
  hash: ContentHash,
  type: PortType,
  isFolder: z.boolean(),
  sizeBytes: z.int(),
  fileCount: z.int(),
  /** For tables whose Parquet footer could be read. */
  rowCount: z.int().optional(),
  columnCount: z.int().optional(),
  /** For outputs of a scalar type. */
  value: Scalar.optional(),
});
export type Artifact = z.infer<typeof Artifact>;
