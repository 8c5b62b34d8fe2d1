import { CommentThread } from '@pipewright/shared/http/comments.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { draftKeys } from './drafts.ts';
import { apiPath, request, withQuery } from './request.ts';

export const commentsKey = (draft: string) => [...draftKeys.detail(draft), 'comments'] as const;

const pageLimit = 500;

/** All that is said of a draft; where something happened last comes first. */
export const commentsQuery = (draft: string) =>
  queryOptions({
    queryKey: commentsKey(draft),
    queryFn: async ({ signal }) => {
      const threads: CommentThread[] = [];
      let cursor: string | undefined;
      do {
        const path = withQuery(apiPath('drafts', draft, 'comments'), { limit: pageLimit, cursor });
        const page = await request(path, pageOf(CommentThread), { signal });
        threads.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return threads;
    },
  });

export type CommentChange =
  | { readonly kind: 'start'; readonly step: string | null; readonly text: string }
  | { readonly kind: 'answer'; readonly thread: string; readonly text: string }
  | { readonly kind: 'resolve'; readonly thread: string; readonly isResolved: boolean }
  | { readonly kind: 'reword'; readonly thread: string; readonly message: string; readonly text: string }
  | { readonly kind: 'remove'; readonly thread: string; readonly message: string };

/** Says something, or changes what was said; the answer is seen at once, here as in the windows of others. */
export function useChangeComments(draft: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (change: CommentChange) => await send(draft, change),
    onSuccess: (thread, change) => {
      const changed = change.kind === 'start' ? thread?.id : change.thread;
      const { queryKey } = commentsQuery(draft);
      // What was never read is no list of one.
      if (!client.getQueryData(queryKey)) return void client.invalidateQueries({ queryKey });
      client.setQueryData(queryKey, (threads = []) => {
        const others = threads.filter(({ id }) => id !== changed);
        return thread ? [thread, ...others].toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1)) : others;
      });
    },
  });
}

async function send(draft: string, change: CommentChange): Promise<CommentThread | null> {
  const at = (...parts: readonly string[]): string => apiPath('drafts', draft, 'comments', ...parts);
  switch (change.kind) {
    case 'start':
      return await request(at(), CommentThread, { method: 'POST', body: { step: change.step, text: change.text } });
    case 'answer':
      return await request(at(change.thread, 'messages'), CommentThread, { method: 'POST', body: { text: change.text } });
    case 'resolve':
      return await request(at(change.thread), CommentThread, { method: 'PATCH', body: { isResolved: change.isResolved } });
    case 'reword':
      return await request(at(change.thread, 'messages', change.message), CommentThread, { method: 'PATCH', body: { text: change.text } });
    case 'remove': {
      const Removed = z.object({ thread: CommentThread.nullable() });
      return (await request(at(change.thread, 'messages', change.message), Removed, { method: 'DELETE' })).thread;
    }
  }
}
