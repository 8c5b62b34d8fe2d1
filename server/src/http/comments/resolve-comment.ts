import { CommentThread, ResolveComment } from '@pipewright/shared/http/comments.ts';
import { endpoint } from '../endpoint.ts';
import { standingThread, ThreadParams } from './comment-answer.ts';

export const resolveComment = endpoint({
  method: 'patch',
  path: '/drafts/{id}/comments/{thread}',
  summary: 'Resolve a comment, or open it again',
  params: ThreadParams,
  body: ResolveComment,
  result: CommentThread,
  handle: async ({ services, params: { id, thread }, body }) => ({
    body: standingThread(await services.comments.resolve(id, thread, { ...body, by: await services.displayName() })),
  }),
});
