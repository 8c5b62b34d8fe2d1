import type { ExportQuery } from '@pipewright/shared/http/exports.ts';
import { useMutation } from '@tanstack/react-query';
import { saveFile } from '../ui/text/save-file.ts';
import { apiPath, requestFile, withQuery } from './request.ts';

type ExportForm = ExportQuery['as'];

/** What can be exported, by its place in the API. */
export const exportedDraft = (id: string): string => apiPath('drafts', id, 'export');
export const exportedRun = (id: string): string => apiPath('runs', id, 'export');
export const exportedPipeline = (name: string, version: string): string => apiPath('pipelines', name, 'versions', version, 'export');

/** Fetched first: a refusal is told, and not saved as a file. */
export function useExport() {
  return useMutation({
    mutationFn: async ({ path, as }: { readonly path: string; readonly as: ExportForm }) => {
      const { content, name } = await requestFile(withQuery(path, { as }));
      saveFile(content, name);
    },
  });
}
