import { CommentThread, StartComment } from '@pipewright/shared/http/comments.ts';
import { DraftParams } from '../drafts/draft-params.ts';
import { endpoint } from '../endpoint.ts';
import { standingThread } from './comment-answer.ts';

export const startComment = endpoint({
  method: 'post',
  path: '/drafts/{id}/comments',
  summary: 'Comment on a step of a draft, or on the draft; `@KEY` in the text mentions a step',
  params: DraftParams,
  body: StartComment,
  result: CommentThread,
  status: 201,
  handle: async ({ services, params: { id }, body }) => ({
    body: standingThread(await services.comments.start(id, { ...body, by: await services.displayName() })),
  }),
});
