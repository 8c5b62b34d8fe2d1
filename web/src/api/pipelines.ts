import { pageOf } from '@pipewright/shared/http/page.ts';
import { type PublishPipeline, PublishedPipeline } from '@pipewright/shared/http/pipelines.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { galleryKeys } from './gallery.ts';
import { request } from './request.ts';

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
