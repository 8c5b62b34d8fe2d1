import { Draft } from '@pipewright/shared/http/drafts.ts';
import { GalleryDetail, GalleryItem } from '@pipewright/shared/http/gallery.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { draftKeys } from './drafts.ts';
import { apiPath, request } from './request.ts';

export const galleryKeys = {
  all: () => ['gallery'] as const,
};

export const galleryQuery = () =>
  queryOptions({
    queryKey: galleryKeys.all(),
    queryFn: async ({ signal }) => (await request('/api/gallery', pageOf(GalleryItem), { signal })).items,
  });

/** One of them, as a canvas draws it. */
export const galleryItemQuery = (name: string) =>
  queryOptions({
    queryKey: [...galleryKeys.all(), name],
    queryFn: ({ signal }) => request(apiPath('gallery', name), GalleryDetail, { signal }),
  });

/** Makes a draft of a sample or a published pipeline. */
export function useCloneFromGallery() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => request(apiPath('gallery', name, 'clone'), Draft, { method: 'POST' }),
    onSuccess: () => client.invalidateQueries({ queryKey: draftKeys.lists() }),
  });
}
