import { z } from 'zod';

/** What an environment really held when a step ran in it. */
export const EnvironmentLock = z
  .object({
    /** `3.11.7` */
    python: z.string(),
    /** As pip spells it, sorted: `pandas==2.2.3`, `mine @ file:///…`. Of the machine's own Python, only what was asked for. */
    packages: z.array(z.string()),
  })
  .meta({ id: 'EnvironmentLock' });
export type EnvironmentLock = z.infer<typeof EnvironmentLock>;
