import { CommentThread, SayInComment } from '@pipewright/shared/http/comments.ts';
import { endpoint } from '../endpoint.ts';
import { standingThread, ThreadParams } from './comment-answer.ts';

export const answerComment = endpoint({
  method: 'post',
  path: '/drafts/{id}/comments/{thread}/messages',
  summary: 'Answer a comment',
  params: ThreadParams,
  body: SayInComment,
  result: CommentThread,
  status: 201,
  handle: async ({ services, params: { id, thread }, body }) => ({
    body: standingThread(await services.comments.say(id, thread, { ...body, by: await services.displayName() })),
  }),
});
