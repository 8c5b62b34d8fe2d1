import { z } from 'zod';
import { CommentThread } from '@pipewright/shared/http/comments.ts';
import { endpoint } from '../endpoint.ts';
import { MessageParams, threadOf } from './comment-answer.ts';

export const removeComment = endpoint({
  method: 'delete',
  path: '/drafts/{id}/comments/{thread}/messages/{message}',
  summary: 'Delete what one has said; a comment goes with the last of its messages',
  params: MessageParams,
  result: z.object({ thread: CommentThread.nullable() }),
  handle: async ({ services, params: { id, ...message } }) => ({
    body: { thread: threadOf(await services.comments.remove(id, { ...message, by: await services.displayName() })) },
  }),
});
