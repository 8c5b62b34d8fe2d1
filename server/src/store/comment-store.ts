import type { CommentMessage, CommentsQuery, CommentThread } from '@pipewright/shared/http/comments.ts';
import type { DraftId } from '@pipewright/shared/ids.ts';
import type { Page } from './store.ts';

/**
 * What is said of drafts. A thread and what it mentions follow a step to its new key: `DraftStore.save` sees to it in the
 * transaction that renames the step.
 */
export interface CommentStore {
  /** Where something happened last comes first. */
  list(draft: DraftId, query: CommentsQuery): Promise<Page<CommentThread>>;
  thread(draft: DraftId, thread: string): Promise<CommentThread | undefined>;
  start(draft: DraftId, thread: CommentThread): Promise<void>;
  say(thread: string, message: CommentMessage): Promise<void>;
  /** Puts another text in the place of the message with its id. */
  reword(message: CommentMessage): Promise<void>;
  /** A thread goes with its last message. */
  remove(thread: string, message: string): Promise<void>;
  resolve(thread: string, at: string, resolved: CommentThread['resolved']): Promise<void>;
}
