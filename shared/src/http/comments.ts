import { z } from 'zod';
import { Instant } from '../ids.ts';
import { PageQuery } from './page.ts';

export const CommentMessage = z.object({
  id: z.string(),
  by: z.string(),
  at: Instant,
  editedAt: Instant.nullable(),
  /** Plain text; `@KEY` is a mention where `mentions` has the key. */
  text: z.string(),
  /** Steps that were there when it was written, by the keys that they have now; one that is gone keeps its last. */
  mentions: z.array(z.string()),
});
export type CommentMessage = z.infer<typeof CommentMessage>;

/** A comment and the answers to it. It belongs to the draft, not to its document: no revision, no undo, no export. */
export const CommentThread = z.object({
  id: z.string(),
  /** The step that it is about, by the key that it has now; null: the pipeline as a whole. */
  step: z.string().nullable(),
  /** When something was last said, or it was resolved or opened again. */
  updatedAt: Instant,
  resolved: z.object({ by: z.string(), at: Instant }).nullable(),
  /** Oldest first; never none. */
  messages: z.array(CommentMessage),
});
export type CommentThread = z.infer<typeof CommentThread>;

const CommentText = z.string().trim().min(1).max(10_000);
export const StartComment = z.strictObject({ step: z.string().min(1).max(400).nullable().default(null), text: CommentText });
export const SayInComment = z.strictObject({ text: CommentText });
export const ResolveComment = z.strictObject({ isResolved: z.boolean() });
export const CommentsQuery = PageQuery.extend({ state: z.enum(['open', 'resolved']).optional(), step: z.string().optional() });
export type CommentsQuery = z.infer<typeof CommentsQuery>;
