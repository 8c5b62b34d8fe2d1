import { z } from 'zod';
import { GraphThumbnail } from './graph-thumbnail.ts';

export const GalleryItem = z.object({
  /** The folder's name for a sample, the pipeline's name for a published one. */
  name: z.string(),
  kind: z.enum(['sample', 'published']),
  displayName: z.string(),
  description: z.string(),
  version: z.string().nullable(),
  stepCount: z.int(),
  tags: z.array(z.string()),
  /** How long it takes, in words: `under 1 min`. */
  duration: z.string().nullable(),
  data: z.object({ name: z.string(), source: z.string(), licence: z.string() }).nullable(),
  thumbnail: GraphThumbnail,
});
export type GalleryItem = z.infer<typeof GalleryItem>;
