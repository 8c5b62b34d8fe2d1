import { z } from 'zod';

/** A run's number in its workspace, as people say it: `42`. */
export const RunId = z.string().regex(/^\d+$/).brand<'RunId'>();
export type RunId = z.infer<typeof RunId>;

export const DraftId = z.string().min(1).brand<'DraftId'>();
export type DraftId = z.infer<typeof DraftId>;

/**
 * The key of a step in its pipeline's `jobs`: an identifier, stable, and the YAML key. Inside a run the keys of nested
 * pipelines are paths (`outer/inner`). Not branded, because it is the key of every map in a document.
 */
export const StepKey = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*(\/[A-Za-z_0-9]+)*$/);
export type StepKey = z.infer<typeof StepKey>;

/** The hex SHA-256 of a canonical form or of bytes. */
export const ContentHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'ContentHash'>();
export type ContentHash = z.infer<typeof ContentHash>;

/** An instant as ISO 8601 in UTC with milliseconds. */
export const Instant = z.iso.datetime();
export type Instant = z.infer<typeof Instant>;
