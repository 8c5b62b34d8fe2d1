import { z } from 'zod';
import { Json } from '../json.ts';
import { PipelineInput, PipelineOutput } from './input-value.ts';
import { Step } from './step.ts';

export const PipelineSettings = z.looseObject({
  default_compute: z.string().optional(),
  default_datastore: z.string().optional(),
  /** True unless said: independent branches go on when a step fails. */
  continue_on_step_failure: z.boolean().optional(),
  force_rerun: z.boolean().optional(),
  /** Ours: how many steps of this pipeline may run at once. */
  max_parallel: z.int().min(1).optional(),
  /** Ours: seconds from acceptance to the end of the run. */
  timeout: z.number().positive().optional(),
  /** The step that runs first: no other begins before it is through. */
  on_init: z.string().min(1).optional(),
  /** The step that runs last, whatever became of the others. */
  on_finalize: z.string().min(1).optional(),
});
export type PipelineSettings = z.infer<typeof PipelineSettings>;

/** A step's key as YAML key: letters, digits and underscores, not starting with a digit. */
export const JobKey = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/);

const mapOf = <V extends z.ZodType>(value: V) => z.preprocess((map) => map ?? {}, z.record(z.string(), value));

/** The document. It is the Azure CLI v2 pipeline shape; unknown keys are kept and written back. */
export const Pipeline = z
  .looseObject({
    type: z.literal('pipeline').default('pipeline'),
    name: z.string().optional(),
    version: z.union([z.string(), z.number()]).transform(String).pipe(z.string()).optional(),
    display_name: z.string().optional(),
    experiment_name: z.string().optional(),
    description: z.string().optional(),
    tags: z.record(z.string(), Json).optional(),
    inputs: mapOf(PipelineInput),
    outputs: mapOf(PipelineOutput),
    settings: z.preprocess((settings) => settings ?? {}, PipelineSettings),
    compute: z.string().optional(),
    jobs: mapOf(Step),
  })
  .meta({ id: 'Pipeline' });
export type Pipeline = z.infer<typeof Pipeline>;

export function emptyPipeline(displayName: string): Pipeline {
  return { type: 'pipeline', display_name: displayName, inputs: {}, outputs: {}, settings: {}, jobs: {} };
}
