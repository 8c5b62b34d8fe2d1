import { z } from 'zod';
import { Json } from '../json.ts';
import { PipelineInput } from '../pipeline/input-value.ts';
import { PartOfRun } from './run-part.ts';

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
  /** Part of it. */
  ...PartOfRun.shape,
  /** What the part reads from outside and has no earlier result of is run as well, and does not keep it from running. */
  withMissing: z.boolean().optional(),
});
export type RunOptions = z.infer<typeof RunOptions>;

/** What may be said when a run is gone on with; the document, inputs and settings are those of the run. */
export const ResumeOptions = RunOptions.pick({ experiment: true, name: true, force: true, from: true, to: true, only: true, withMissing: true });
export type ResumeOptions = z.infer<typeof ResumeOptions>;
