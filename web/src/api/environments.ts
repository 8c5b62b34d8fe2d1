import { RegisteredEnvironment } from '@pipewright/shared/http/assets.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { EnvironmentLock } from '@pipewright/shared/run/environment-lock.ts';
import { queryOptions } from '@tanstack/react-query';
import { apiPath, request, withQuery } from './request.ts';

const environmentKeys = {
  all: () => ['environments'] as const,
  lock: (id: string) => [...environmentKeys.all(), 'lock', id] as const,
};

export const environmentsQuery = (archived: 'exclude' | 'include' = 'exclude') =>
  queryOptions({
    queryKey: [...environmentKeys.all(), 'list', archived],
    queryFn: async ({ signal }) => (await request(withQuery('/api/environments', { archived, limit: 500 }), pageOf(RegisteredEnvironment), { signal })).items,
  });

/** Named by its content: it never changes. */
export const lockQuery = (id: string) =>
  queryOptions({
    queryKey: environmentKeys.lock(id),
    queryFn: ({ signal }) => request(apiPath('locks', id), EnvironmentLock, { signal }),
    staleTime: Infinity,
  });
