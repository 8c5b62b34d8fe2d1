import { Activity } from '@pipewright/shared/http/activity.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { draftKeys } from './drafts.ts';
import { apiPath, request, withQuery } from './request.ts';

export const activityKey = (draft: string) => [...draftKeys.detail(draft), 'activity'] as const;

/** What happened to a draft, newest first. */
export const activityQuery = (draft: string) =>
  infiniteQueryOptions({
    queryKey: activityKey(draft),
    queryFn: ({ signal, pageParam }) => request(withQuery(apiPath('drafts', draft, 'activity'), { cursor: pageParam }), pageOf(Activity), { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });
