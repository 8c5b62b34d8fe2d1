import { hashKey, type QueryKey, useQuery, useQueryClient, type UseQueryOptions, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

interface Growth {
  readonly isOver: boolean;
  readonly askEveryMs: number | (() => number | false);
}

/**
 * What a step or a run logs comes over HTTP, and no event tells of it: it is asked for at a pace while it grows, and once more when
 * that is over, as the last of it may have come after the last answer.
 */
export function useGrowingQuery<T, Key extends QueryKey>(options: UseQueryOptions<T, Error, T, Key>, { isOver, askEveryMs }: Growth): UseQueryResult<T> {
  const query = useQuery({ ...options, staleTime: 0, refetchInterval: isOver ? false : askEveryMs });
  const { refetch } = query;
  const client = useQueryClient();
  const key = hashKey(options.queryKey);
  const isGrowing = !isOver && options.enabled !== false;
  /** What grew when it was drawn last; what is over when it is first drawn is asked for by that. */
  const grew = useRef<string | null>(null);
  useEffect(() => {
    // What is under way was asked for before the end; a first request would be waited for instead of a second one being made.
    if (isOver && grew.current === key) void client.cancelQueries({ predicate: ({ queryHash }) => queryHash === key }).then(() => refetch());
    grew.current = isGrowing ? key : null;
  }, [isOver, isGrowing, key, client, refetch]);
  return query;
}
