import { CommentsQuery, CommentThread } from '@pipewright/shared/http/comments.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { DraftParams } from '../drafts/draft-params.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';

export const listComments = endpoint({
  method: 'get',
  path: '/drafts/{id}/comments',
  summary: 'What is said of a draft and of its steps; where something happened last comes first',
  params: DraftParams,
  query: CommentsQuery,
  result: pageOf(CommentThread),
  handle: async ({ services, params: { id }, query }) => {
    const page = await services.comments.list(id, query);
    if (!page) throw notFound(`The draft ${id}`);
    return { body: { ...page, items: [...page.items] } };
  },
});
