import { KeptContent } from '@pipewright/shared/http/drafts.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { type PublishPipeline, PublishedPipeline } from '@pipewright/shared/http/pipelines.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { galleryKeys } from './gallery.ts';
import { apiPath, request } from './request.ts';

const pipelineKeys = {
  all: () => ['pipelines'] as const,
  lists: () => [...pipelineKeys.all(), 'list'] as const,
};

/** The newest version of each published pipeline. */
export const pipelinesQuery = () =>
  queryOptions({
    queryKey: pipelineKeys.lists(),
    queryFn: async ({ signal }) => (await request('/api/pipelines', pageOf(PublishedPipeline), { signal })).items,
  });

/** A version as a canvas draws it; it never changes. */
export const publishedVersionQuery = (name: string, version: string) =>
  queryOptions({
    queryKey: [...pipelineKeys.all(), 'version', name, version],
    queryFn: ({ signal }) => request(apiPath('pipelines', name, 'versions', version), KeptContent, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export function usePublishPipeline() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: PublishPipeline) => request('/api/pipelines', PublishedPipeline, { method: 'POST', body }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: pipelineKeys.all() });
      await client.invalidateQueries({ queryKey: galleryKeys.all() });
    },
  });
}
