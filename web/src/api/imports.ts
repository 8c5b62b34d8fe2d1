import { Imported, ImportedDraft } from '@pipewright/shared/http/imports.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { draftKeys } from './drafts.ts';
import { apiPath, request } from './request.ts';

const zip = { 'Content-Type': 'application/zip' };

/** A text or an archive, as drafts of the pipelines in it. */
export function useImportFiles() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (brought: { readonly text: string; readonly fileName: string } | { readonly archive: Blob }) =>
      'text' in brought
        ? request('/api/imports', Imported, { method: 'POST', body: brought })
        : request('/api/imports/archive', Imported, { method: 'POST', bytes: brought.archive, headers: zip }),
    onSuccess: () => client.invalidateQueries({ queryKey: draftKeys.lists() }),
  });
}

/** More files for a draft that was imported. */
export function useAddFiles() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ draft, archive }: { readonly draft: string; readonly archive: Blob }) =>
      request(apiPath('drafts', draft, 'files'), ImportedDraft, { method: 'POST', bytes: archive, headers: zip }),
    onSuccess: () => client.invalidateQueries({ queryKey: draftKeys.all() }),
  });
}
