import { z } from 'zod';

export const CollectGarbage = z.strictObject({
  /** Only say what would go. */
  dryRun: z.boolean().default(false),
  /** How long the outputs of a run are kept after its end; left out: what the configuration says. */
  keepDays: z.number().min(0).max(36_500).optional(),
});

const Freed = z.object({ count: z.int(), bytes: z.int() });

/** What was given back to the disk, or would be. Bytes that something else still holds are not counted. */
export const GarbageReport = z.object({
  dryRun: z.boolean(),
  keepDays: z.number(),
  freedBytes: z.int(),
  /** Outputs and code that nothing refers to. */
  objects: Freed,
  /** Attempts whose working copies went; their logs stay. */
  attempts: Freed,
  environments: Freed,
  /** What was half made or half deleted when a process died, and damaged objects that were made anew. */
  leftovers: Freed,
  kept: z.object({ objects: z.int(), runs: z.int() }),
  /** What could not be deleted, and why. */
  undeleted: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type GarbageReport = z.infer<typeof GarbageReport>;

export const VerifyObjects = z.strictObject({
  /** Leave damaged objects where they are. */
  dryRun: z.boolean().default(false),
});

export const IntegrityReport = z.object({
  dryRun: z.boolean(),
  /** How many were read. */
  objects: z.int(),
  damaged: z.array(
    z.object({
      hash: z.string(),
      /** `NUMBER/STEP.PORT`, newest first, at most five. */
      producers: z.array(z.string()),
      /** Where it lies now; null: where it lay. */
      movedTo: z.string().nullable(),
    }),
  ),
});
export type IntegrityReport = z.infer<typeof IntegrityReport>;
