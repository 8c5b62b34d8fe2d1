import { contentOf } from '@pipewright/shared/draft/draft-op.ts';
import { Checkpoint, type CreateDraft, Draft, DraftInside, DraftOpsAccepted, DraftSummary, KeptContent } from '@pipewright/shared/http/drafts.ts';
import { Preview } from '@pipewright/shared/http/preview.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { PublishedPipeline } from '@pipewright/shared/http/pipelines.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { apiPath, request, requestNothing, withQuery } from './request.ts';

export const draftKeys = {
  all: () => ['drafts'] as const,
  lists: () => [...draftKeys.all(), 'list'] as const,
  detail: (id: string) => [...draftKeys.all(), 'detail', id] as const,
};

const listLimit = 500;

/** The graph of a step that is a pipeline. */
export const draftInsideQuery = (id: string, key: string) =>
  queryOptions({
    queryKey: [...draftKeys.detail(id), 'inside', key],
    queryFn: async ({ signal }) => await request(apiPath('drafts', id, 'inside', key), DraftInside, { signal }),
  });

const checkpointsKey = (draft: string) => [...draftKeys.detail(draft), 'checkpoints'] as const;

/** What was kept of a draft, newest first. */
export const checkpointsQuery = (draft: string) =>
  queryOptions({
    queryKey: checkpointsKey(draft),
    queryFn: async ({ signal }) => (await request(apiPath('drafts', draft, 'checkpoints'), pageOf(Checkpoint), { signal })).items,
  });

/** A draft as it stood; that never changes. */
export const checkpointQuery = (draft: string, checkpoint: string) =>
  queryOptions({
    queryKey: [...draftKeys.detail(draft), 'checkpoint', checkpoint],
    queryFn: ({ signal }) => request(apiPath('drafts', draft, 'checkpoints', checkpoint), KeptContent, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The versions that a draft was published as, or was cloned from. */
export const publishedOfDraftQuery = (draft: string) =>
  queryOptions({
    queryKey: [...draftKeys.detail(draft), 'published'],
    queryFn: async ({ signal }) => (await request(apiPath('drafts', draft, 'published'), pageOf(PublishedPipeline), { signal })).items,
  });

/** Keeps a draft, as the server has it, under a name. */
export function useSaveVersion(draft: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => request(apiPath('drafts', draft, 'checkpoints'), Checkpoint, { method: 'POST', body: { name } }),
    onSuccess: () => client.invalidateQueries({ queryKey: checkpointsKey(draft) }),
  });
}

export function useRenameVersion(draft: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ checkpoint, name }: { readonly checkpoint: string; readonly name: string }) =>
      request(apiPath('drafts', draft, 'checkpoints', checkpoint), Checkpoint, { method: 'PATCH', body: { name } }),
    onSuccess: () => client.invalidateQueries({ queryKey: checkpointsKey(draft) }),
  });
}

/** A draft as it is on the server now, to be looked at. */
export const draftQuery = (id: string) =>
  queryOptions({
    queryKey: [...draftKeys.detail(id), 'whole'],
    queryFn: async ({ signal }) => await request(apiPath('drafts', id), Draft, { signal }),
    staleTime: 0,
  });

/** What data looks like that a draft has a path for, before anything has run. */
export const draftDataQuery = (id: string, data: { readonly path: string; readonly type: string | undefined }) =>
  queryOptions({
    queryKey: [...draftKeys.detail(id), 'data', data.path, data.type ?? ''],
    queryFn: async ({ signal }) => await request(withQuery(apiPath('drafts', id, 'data'), data), Preview, { signal }),
    staleTime: dataStaysMs,
  });

/** A file may be another by the time it is looked at again. */
const dataStaysMs = 60_000;

/** Newest first. */
export const draftsQuery = () =>
  queryOptions({
    queryKey: draftKeys.lists(),
    queryFn: async ({ signal }) => (await request(withQuery('/api/drafts', { limit: listLimit }), pageOf(DraftSummary), { signal })).items,
  });

export function useCreateDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (draft: CreateDraft) => request('/api/drafts', Draft, { method: 'POST', body: draft }),
    onSuccess: () => client.invalidateQueries({ queryKey: draftKeys.lists() }),
  });
}

/** Another name is an edit like any other; it is refused when somebody edited the draft since the list was read. */
export function useRenameDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ draft, name }: { readonly draft: DraftSummary; readonly name: string }) =>
      request(apiPath('drafts', draft.id, 'ops'), DraftOpsAccepted, {
        method: 'POST',
        headers: { 'If-Match': `"${draft.revision}"` },
        body: {
          clientId: 'list',
          mutationId: crypto.randomUUID(),
          ops: [{ op: 'pipeline.setMeta', field: 'display_name', value: name }],
        },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: draftKeys.lists() }),
  });
}

/** Puts a draft away; `useRestoreDraft` brings it back. */
export function useDeleteDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => requestNothing(apiPath('drafts', id), { method: 'DELETE' }),
    onMutate: (id) => {
      client.setQueryData(draftsQuery().queryKey, (drafts) => drafts?.filter((draft) => draft.id !== id));
    },
    onSettled: () => client.invalidateQueries({ queryKey: draftKeys.lists() }),
  });
}

export function useRestoreDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => requestNothing(apiPath('drafts', id, 'restore'), { method: 'POST' }),
    onSettled: () => client.invalidateQueries({ queryKey: draftKeys.lists() }),
  });
}

/** A new draft with the same content. */
export function useCloneDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (summary: DraftSummary) => {
      const draft = await request(apiPath('drafts', summary.id), Draft);
      const name = `${draft.name} (copy)`;
      const body: CreateDraft = { name, ...contentOf(draft), document: { ...draft.document, display_name: name } };
      return request('/api/drafts', Draft, { method: 'POST', body });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: draftKeys.lists() }),
  });
}
