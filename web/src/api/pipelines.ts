import { pageOf } from '@pipewright/shared/http/page.ts';
import { type PublishPipeline, PublishedPipeline, PublishedPipelineDetail } from '@pipewright/shared/http/pipelines.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { galleryKeys } from './gallery.ts';
import { apiPath, request } from './request.ts';

export const pipelineKeys = {
  all: () => ['pipelines'] as const,
  lists: () => [...pipelineKeys.all(), 'list'] as const,
  versions: (name: string) => [...pipelineKeys.all(), 'versions', name] as const,
  detail: (name: string, version: string) => [...pipelineKeys.all(), 'detail', name, version] as const,
};

/** The newest version of each published pipeline. */
export const pipelinesQuery = () =>
  queryOptions({
    queryKey: pipelineKeys.lists(),
    queryFn: async ({ signal }) => (await request('/api/pipelines', pageOf(PublishedPipeline), { signal })).items,
  });

export const pipelineVersionsQuery = (name: string) =>
  queryOptions({
    queryKey: pipelineKeys.versions(name),
    queryFn: async ({ signal }) => (await request(apiPath('pipelines', name, 'versions'), pageOf(PublishedPipeline), { signal })).items,
  });

export const pipelineQuery = (name: string, version: string) =>
  queryOptions({
    queryKey: pipelineKeys.detail(name, version),
    queryFn: ({ signal }) => request(apiPath('pipelines', name, 'versions', version), PublishedPipelineDetail, { signal }),
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
