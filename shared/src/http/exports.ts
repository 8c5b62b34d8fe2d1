import { z } from 'zod';

/** `zip`: a folder with everything in it. `yaml`: the pipeline's own file. */
export const ExportQuery = z.strictObject({ as: z.enum(['zip', 'yaml']).default('zip') });
export type ExportQuery = z.infer<typeof ExportQuery>;
