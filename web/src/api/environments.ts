import { type RegisterEnvironment, RegisteredEnvironment } from '@pipewright/shared/http/assets.ts';
import { Registered } from '@pipewright/shared/http/register.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { EnvironmentLock } from '@pipewright/shared/run/environment-lock.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { apiPath, request, requestText, withQuery } from './request.ts';

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

interface BuildOptions {
  readonly signal: AbortSignal;
  readonly onText: (piece: string) => void;
}

/** Builds an environment and says what the build says, until it has ended or is stopped by the signal. */
export function useBuildEnvironment(): (environment: Pick<RegisteredEnvironment, 'name' | 'version'>, options: BuildOptions) => Promise<void> {
  const client = useQueryClient();
  return async ({ name, version }, { signal, onText }) => {
    try {
      await requestText(apiPath('environments', name, version, 'build'), onText, { method: 'POST', signal });
    } finally {
      await client.invalidateQueries({ queryKey: environmentKeys.all() });
    }
  };
}

/** An environment that was written on the page. */
export function useRegisterEnvironment() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: RegisterEnvironment) => request('/api/environments', Registered, { method: 'POST', body }),
    onSuccess: async () => await client.invalidateQueries({ queryKey: environmentKeys.all() }),
  });
}
