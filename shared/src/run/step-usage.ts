import { z } from 'zod';

/**
 * What an attempt took of the machine, with everything it started. A figure is left out where the system does not tell it,
 * or where the attempt was over before anyone could look.
 */
export const StepUsage = z.object({
  /** Processor time, of the program and of the system for it, in milliseconds. */
  cpuMs: z.int().min(0).optional(),
  /** The most memory that was seen in use at once, in bytes; pages that its processes share count for each of them. */
  peakMemoryBytes: z.int().min(0).optional(),
  /** Bytes read and written by system calls, be it from a disk, a pipe or the system's cache. */
  readBytes: z.int().min(0).optional(),
  writtenBytes: z.int().min(0).optional(),
  /** Of these, what the disk was asked for. */
  diskReadBytes: z.int().min(0).optional(),
  diskWrittenBytes: z.int().min(0).optional(),
});
export type StepUsage = z.infer<typeof StepUsage>;
