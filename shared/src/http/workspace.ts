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

/** What a person is called here. */
export const DisplayName = z.string().trim().min(1).max(80);

export const UpdateWorkspace = z.strictObject({ displayName: DisplayName });

/** A request header: the name of who asks, percent-encoded, where it is not the one of the settings. */
export const nameHeader = 'Pipewright-Name';
