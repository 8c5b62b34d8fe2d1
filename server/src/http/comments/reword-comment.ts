import { CommentThread, SayInComment } from '@pipewright/shared/http/comments.ts';
import { endpoint } from '../endpoint.ts';
import { MessageParams, standingThread } from './comment-answer.ts';

export const rewordComment = endpoint({
  method: 'patch',
  path: '/drafts/{id}/comments/{thread}/messages/{message}',
  summary: 'Say something else in the place of what one has said',
  params: MessageParams,
  body: SayInComment,
  result: CommentThread,
  handle: async ({ services, params: { id, ...message }, body }) => ({
    body: standingThread(await services.comments.reword(id, message, { ...body, by: await services.displayName() })),
  }),
});
