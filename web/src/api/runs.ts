import { Draft, type RunDraft } from '@pipewright/shared/http/drafts.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { Run, RunMetrics } from '@pipewright/shared/http/runs.ts';
import { RunSummary } from '@pipewright/shared/run/run.ts';
import { Plan } from '@pipewright/shared/run/plan.ts';
import type { RunStatus } from '@pipewright/shared/run/status.ts';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { draftKeys } from './drafts.ts';
import { apiPath, request, requestNothing, withQuery } from './request.ts';

export interface RunsFilter {
  readonly status?: RunStatus | undefined;
  readonly search?: string | undefined;
  readonly draft?: string | undefined;
}

export const runKeys = {
  all: () => ['runs'] as const,
  lists: () => [...runKeys.all(), 'list'] as const,
  recent: () => [...runKeys.lists(), 'recent'] as const,
  list: (filter: RunsFilter) => [...runKeys.lists(), filter] as const,
  detail: (id: string) => [...runKeys.all(), 'detail', id] as const,
};

const pageSize = 50;
const recentCount = 50;

/** Newest first, page by page. */
export const runsQuery = (filter: RunsFilter) =>
  infiniteQueryOptions({
    queryKey: runKeys.list(filter),
    queryFn: ({ signal, pageParam }) => request(withQuery('/api/runs', { ...filter, limit: pageSize, cursor: pageParam }), pageOf(RunSummary), { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });

/** The newest, for home and the palette. */
export const recentRunsQuery = () =>
  queryOptions({
    queryKey: runKeys.recent(),
    queryFn: async ({ signal }) => (await request(withQuery('/api/runs', { limit: recentCount }), pageOf(RunSummary), { signal })).items,
  });

/** A run as it was when asked; what happens afterwards comes through `useLiveRun`. */
export const runQuery = (id: string) =>
  queryOptions({
    queryKey: runKeys.detail(id),
    queryFn: ({ signal }) => request(apiPath('runs', id), Run, { signal }),
  });

/** The last values of all metrics of a run. */
export const runMetricsQuery = (id: string) =>
  queryOptions({
    queryKey: [...runKeys.detail(id), 'metrics'],
    queryFn: ({ signal }) => request(apiPath('runs', id, 'metrics'), RunMetrics, { signal }),
  });

/** What a run of this draft would do. */
export function planDraft(id: string, body: RunDraft, signal?: AbortSignal): Promise<Plan> {
  return request(apiPath('drafts', id, 'plan'), Plan, { method: 'POST', body, ...(signal ? { signal } : {}) });
}

export function useRunDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ draft, options }: { readonly draft: string; readonly options: RunDraft }) =>
      request(apiPath('drafts', draft, 'runs'), RunSummary, { method: 'POST', body: options }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: runKeys.lists() });
      await client.invalidateQueries({ queryKey: draftKeys.lists() });
    },
  });
}

export function useCancelRun() {
  return useMutation({
    mutationFn: (id: string) => request(apiPath('runs', id, 'cancel'), RunSummary, { method: 'POST' }),
  });
}

/** A new run that takes over what finished in one that failed or was stopped. */
export function useResumeRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request(apiPath('runs', id, 'resume'), RunSummary, { method: 'POST', body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: runKeys.lists() }),
  });
}

/** Takes an ended run out of the history. */
export function useRemoveRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => requestNothing(apiPath('runs', id), { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: runKeys.lists() }),
  });
}

/** Makes a draft of the document that a run was pinned to. */
export function useCloneRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request(apiPath('runs', id, 'clone'), Draft, { method: 'POST' }),
    onSuccess: () => client.invalidateQueries({ queryKey: draftKeys.lists() }),
  });
}
