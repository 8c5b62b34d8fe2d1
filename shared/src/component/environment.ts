import { z } from 'zod';
import { Json } from '../json.ts';

/**
 * The definition of an environment. Three spellings are read: ours (`python`, `requirements`, `variables`), Azure's with
 * a conda file (a path or the inline object), and Azure's image alone. Unknown keys are kept.
 */
export const Environment = z.looseObject({
  name: z.string().optional(),
  version: z.union([z.string(), z.number()]).transform(String).pipe(z.string()).optional(),
  description: z.string().optional(),
  /** A version range in the notation of PEP 440: `>=3.9`, `==3.11.*`. */
  python: z.string().optional(),
  requirements: z.union([z.array(z.string()), z.string()]).optional(),
  variables: z.record(z.string(), z.string()).optional(),
  conda_file: z.union([z.string(), z.record(z.string(), Json)]).optional(),
  image: z.string().optional(),
  'x-pipewright': z
    .looseObject({
      /** `strict`: exactly what is written here, or an error. `relaxed`, unless said: the nearest that can be had, each difference noted. */
      resolution: z.enum(['strict', 'relaxed']).optional(),
    })
    .optional(),
});
export type Environment = z.infer<typeof Environment>;

/** Where a step's environment comes from: a reference (`azureml:NAME:VERSION`), a file, or an inline definition. */
export const EnvironmentReference = z.union([z.string().min(1), Environment]);
export type EnvironmentReference = z.infer<typeof EnvironmentReference>;
