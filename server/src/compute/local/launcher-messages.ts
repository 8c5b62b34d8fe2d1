import { z } from 'zod';

/** Server → launcher, one JSON document a line. */
export const LauncherRequest = z.object({
  id: z.int(),
  folder: z.string(),
  workFolder: z.string(),
  command: z.string(),
  variables: z.record(z.string(), z.string()),
});
export type LauncherRequest = z.infer<typeof LauncherRequest>;

/** Launcher → server. `ended` is only a hint to look into the attempt's folder. */
export const LauncherReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), id: z.int(), pid: z.int() }),
  z.object({ kind: z.literal('failed'), id: z.int(), message: z.string() }),
  z.object({ kind: z.literal('ended'), id: z.int() }),
]);
export type LauncherReply = z.infer<typeof LauncherReply>;
