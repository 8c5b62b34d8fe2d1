import { z } from 'zod';

/** What a draft is to do when it opens: carried by the navigation that opens it, and done once. */
export const PendingUpgrade = z.object({ upgrade: z.object({ steps: z.array(z.string()), reference: z.string() }) });
export type PendingUpgrade = z.infer<typeof PendingUpgrade>;
