import { Workspace, type UpdateWorkspace } from '@pipewright/shared/http/workspace.ts';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { usePreferences } from '../ui/preferences.ts';
import { request } from './request.ts';

const workspaceKeys = {
  all: () => ['workspace'] as const,
};

export const workspaceQuery = () =>
  queryOptions({
    queryKey: workspaceKeys.all(),
    queryFn: ({ signal }) => request('/api/workspace', Workspace, { signal }),
    staleTime: 300_000,
  });

/** The name that marks what the person at this page does; null until it is known. */
export function useMyName(): string | null {
  const own = usePreferences((state) => state.ownName);
  const { data } = useQuery(workspaceQuery());
  return own === '' ? (data?.displayName ?? null) : own;
}

export function useUpdateWorkspace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.infer<typeof UpdateWorkspace>) => request('/api/workspace', Workspace, { method: 'PUT', body }),
    onSuccess: (workspace) => client.setQueryData(workspaceQuery().queryKey, workspace),
  });
}
