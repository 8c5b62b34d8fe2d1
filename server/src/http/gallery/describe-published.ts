import type { GalleryItem } from '@pipewright/shared/http/gallery.ts';
import type { PublishedPipeline } from '@pipewright/shared/http/pipelines.ts';

/** What somebody has published here, as a card of the gallery. */
export function describePublished({ name, version, displayName, description, stepCount, thumbnail, by }: PublishedPipeline): GalleryItem {
  return { name, version, displayName, description, stepCount, thumbnail, by, licence: null, kind: 'published', tags: [], duration: null, data: null };
}
