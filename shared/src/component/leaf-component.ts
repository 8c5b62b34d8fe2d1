import { z } from 'zod';
import { Json } from '../json.ts';
import { componentHeader } from './component-interface.ts';
import { EnvironmentReference } from './environment.ts';

const codeShape = {
  /** Folder of the code snapshot, relative to the file that names it. */
  code: z.string().nullish(),
  additional_includes: z.array(z.string()).nullish(),
  environment: EnvironmentReference.optional(),
};

export const CommandComponent = z
  .looseObject({ ...componentHeader, ...codeShape, type: z.literal('command').default('command'), command: z.string().min(1) })
  .meta({ id: 'CommandComponent' });
export type CommandComponent = z.infer<typeof CommandComponent>;

/** What a mini-batch is worked on by: a script with `init()`, `run(mini_batch)` and, if it likes, `shutdown()`. */
export const ParallelTask = z.looseObject({
  ...codeShape,
  type: z.string().optional(),
  entry_script: z.string().optional(),
  program_arguments: z.string().optional(),
  /** `${{outputs.NAME}}`: every row that `run` returns goes into one file there. */
  append_row_to: z.string().optional(),
});
export type ParallelTask = z.infer<typeof ParallelTask>;

/** A script that works on the mini-batches of one input. */
export const ParallelComponent = z
  .looseObject({
    ...componentHeader,
    type: z.literal('parallel'),
    /** `${{inputs.NAME}}`: the input that is split into mini-batches. */
    input_data: z.string().optional(),
    /** A number of files, or of bytes as in `100kb` where rows are split. */
    mini_batch_size: z.union([z.string(), z.number()]).optional(),
    partition_keys: z.union([z.array(z.string()), z.string()]).optional(),
    max_concurrency_per_instance: z.union([z.int(), z.string()]).optional(),
    mini_batch_error_threshold: z.union([z.int(), z.string()]).optional(),
    retry_settings: z.record(z.string(), Json).optional(),
    logging_level: z.string().optional(),
    task: ParallelTask,
  })
  .meta({ id: 'ParallelComponent' });
export type ParallelComponent = z.infer<typeof ParallelComponent>;

/** Kinds that need a service of Azure's: they are read, shown and written, and cannot run on this machine. */
export const foreignKinds = ['spark', 'automl', 'data_transfer', 'import', 'distributed', 'finetuning', 'flow'] as const;

export const ForeignComponent = z.looseObject({ ...componentHeader, ...codeShape, type: z.enum(foreignKinds) }).meta({ id: 'ForeignComponent' });
export type ForeignComponent = z.infer<typeof ForeignComponent>;

/** A unit of work that has no graph inside: what a step may carry in its own file. */
export const LeafComponent = z.discriminatedUnion('type', [CommandComponent, ParallelComponent, ForeignComponent]);
export type LeafComponent = z.infer<typeof LeafComponent>;
