import type { CommentMessage, CommentsQuery, CommentThread } from '@pipewright/shared/http/comments.ts';
import type { DraftId } from '@pipewright/shared/ids.ts';
import type { Page } from './store.ts';

/** The draft as it was when the steps that are named were looked up in it. */
export interface SeenDraft {
  readonly id: DraftId;
  readonly revision: number;
}

/** `changed`: the draft is another by now, or put away, and nothing was written; `unknown`: the thread or the message is gone. */
export type CommentWrite = 'written' | 'changed' | 'unknown';

/**
 * What is said of drafts. A thread and what it mentions follow a step to its new key: `DraftStore.save` sees to it in the
 * transaction that renames the step.
 */
export interface CommentStore {
  /** Where something happened last comes first. */
  list(draft: DraftId, query: CommentsQuery): Promise<Page<CommentThread>>;
  thread(draft: DraftId, thread: string): Promise<CommentThread | undefined>;
  start(seen: SeenDraft, thread: CommentThread): Promise<CommentWrite>;
  say(seen: SeenDraft, thread: string, message: CommentMessage): Promise<CommentWrite>;
  /** Puts another text in the place of the message with its id. */
  reword(seen: SeenDraft, message: CommentMessage): Promise<CommentWrite>;
  /** A thread goes with its last message. */
  remove(thread: string, message: string): Promise<void>;
  resolve(thread: string, at: string, resolved: CommentThread['resolved']): Promise<void>;
}
