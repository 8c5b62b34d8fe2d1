import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { CommentThread } from '@pipewright/shared/http/comments.ts';
import { z } from 'zod';
import type { CommentAnswer } from '../../drafts/comment-service.ts';
import { HttpError, notFound } from '../errors.ts';
import { DraftParams } from '../drafts/draft-params.ts';

export const ThreadParams = DraftParams.extend({ thread: z.string() });
export const MessageParams = ThreadParams.extend({ message: z.string() });

/** The thread as it stands then; null: it went with its last message. */
export function threadOf(answer: CommentAnswer): CommentThread | null {
  switch (answer.kind) {
    case 'done':
      return answer.thread;
    case 'removed':
      return null;
    case 'unknown':
      throw notFound(answer.what);
    case 'unknown-step':
      throw new HttpError(422, 'unknown-step', {
        title: `The draft has no step ${answer.step}`,
        detail: 'Name a step by its key, or leave it out to comment on the pipeline.',
      });
    case 'not-yours':
      throw new HttpError(403, 'not-your-comment', {
        title: `${answer.by} said this`,
        detail: 'Only who has written a comment changes or deletes it. Answer it, or resolve it.',
      });
    default:
      return assertNever(answer);
  }
}

export function standingThread(answer: CommentAnswer): CommentThread {
  const thread = threadOf(answer);
  if (!thread) throw notFound('The comment');
  return thread;
}
