import { z } from 'zod';
import { Instant, RunId } from '../ids.ts';
import { RunStatus } from '../run/status.ts';
import { PageQuery } from './page.ts';

/** What an edit changed, without its value. */
export const EditedPlace = z.object({
  /** As of the operation: `step.setInput`. */
  op: z.string(),
  /** The step by the key that it has now, or had last; null: the pipeline. */
  step: z.string().nullable(),
  /** Which input, output or field. */
  name: z.string().nullable(),
});
export type EditedPlace = z.infer<typeof EditedPlace>;

/** Something that happened to a draft. */
export const Activity = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('edits'),
    at: Instant,
    by: z.string(),
    /** When the first of them was made; `at` is when the last one was. */
    since: Instant,
    count: z.int(),
    revision: z.int(),
    /** Each place once, the one that was changed last first. */
    places: z.array(EditedPlace),
    /** How many more there are. */
    morePlaces: z.int(),
  }),
  z.object({ kind: z.literal('created'), at: Instant, by: z.string(), from: z.string().nullable() }),
  z.object({ kind: z.literal('version'), at: Instant, by: z.string(), checkpoint: z.string(), name: z.string() }),
  z.object({ kind: z.literal('run'), at: Instant, by: z.string(), run: RunId, status: RunStatus, name: z.string() }),
  z.object({ kind: z.literal('published'), at: Instant, by: z.string(), name: z.string(), version: z.string() }),
  z.object({ kind: z.literal('comment'), at: Instant, by: z.string(), step: z.string().nullable(), isAnswer: z.boolean() }),
]);
export type Activity = z.infer<typeof Activity>;

/** `limit` counts edits: those that one person makes in one go are told as one. */
export const ActivityQuery = PageQuery.extend({ limit: PageQuery.shape.limit.default(200) });
export type ActivityQuery = z.infer<typeof ActivityQuery>;
