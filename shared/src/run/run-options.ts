import { z } from 'zod';
import { Json } from '../json.ts';
import { PipelineInput } from '../pipeline/input-value.ts';

/** What may be said when a pipeline is planned or run, besides the document. */
export const RunOptions = z.strictObject({
  /** Values of pipeline inputs, over those of the document. */
  inputs: z.record(z.string(), PipelineInput).optional(),
  /** Settings over those of the document. */
  settings: z.record(z.string(), Json).optional(),
  experiment: z.string().optional(),
  name: z.string().optional(),
  /** Ignore earlier results. */
  force: z.boolean().optional(),
});
export type RunOptions = z.infer<typeof RunOptions>;
