import { z } from 'zod';

export const Health = z.object({ status: z.literal('ok'), version: z.string() });

/** What the page needs to know of this server. */
export const Workspace = z.object({
  version: z.string(),
  home: z.string(),
  slots: z.int(),
  displayName: z.string(),
});
export type Workspace = z.infer<typeof Workspace>;

export const UpdateWorkspace = z.strictObject({ displayName: z.string().min(1).max(80) });
