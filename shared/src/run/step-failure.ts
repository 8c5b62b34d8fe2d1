import { z } from 'zod';

/** How a process ended; what the launcher or the attempt's folder tells. */
export const StepEnd = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exited'), exitCode: z.int() }),
  z.object({ kind: z.literal('signalled'), signal: z.string() }),
  z.object({ kind: z.literal('spawn-failed'), message: z.string() }),
  /** Ended because its time was up. */
  z.object({ kind: z.literal('timed-out'), timeoutMs: z.number() }),
  /** The process is gone and left no ending: killed together with the machine, or its folder was removed. */
  z.object({ kind: z.literal('lost'), message: z.string() }),
]);
export type StepEnd = z.infer<typeof StepEnd>;

/** Why a step failed, in the order a person asks: what, the first error, how it ended, the last lines. */
export const StepFailure = z.object({
  reason: z.enum(['exit-code', 'signal', 'spawn', 'environment', 'inputs', 'outputs', 'timeout', 'lost', 'condition', 'items', 'internal']),
  /** One sentence with the way out where it is known. */
  message: z.string(),
  /** The first error in the output, one line: what the node shows. */
  firstError: z.string().optional(),
  exitCode: z.int().optional(),
  signal: z.string().optional(),
  lastLines: z.array(z.string()).default([]),
});
export type StepFailure = z.infer<typeof StepFailure>;
