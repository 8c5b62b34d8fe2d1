import { z } from 'zod';

/** Server → launcher, one JSON document a line. Asking twice is safe: the second finds the attempt claimed. */
export const LauncherRequest = z.object({
  id: z.int(),
  folder: z.string(),
  workFolder: z.string(),
  command: z.string(),
  variables: z.record(z.string(), z.string()),
  limit: z.object({ timeoutMs: z.number(), graceMs: z.number() }).nullable(),
});
export type LauncherRequest = z.infer<typeof LauncherRequest>;

/** Launcher → server. Each request is answered by one of the first three. */
export const LauncherReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), id: z.int(), pid: z.int() }),
  /** Someone started it before: its folder tells the rest. */
  z.object({ kind: z.literal('taken'), id: z.int() }),
  z.object({ kind: z.literal('failed'), id: z.int(), message: z.string() }),
  /** The process of a started attempt is gone; only a hint to look into the attempt's folder. */
  z.object({ kind: z.literal('ended'), id: z.int() }),
]);
export type LauncherReply = z.infer<typeof LauncherReply>;
