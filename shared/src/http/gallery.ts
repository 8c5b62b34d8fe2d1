import { z } from 'zod';
import { KeptContent } from './drafts.ts';
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
  /** Who made it, and under which licence it may be used: of what is published here, what its owner says. */
  by: z.string(),
  licence: z.string().nullable(),
  thumbnail: GraphThumbnail,
});
export type GalleryItem = z.infer<typeof GalleryItem>;

/** With what a canvas needs to draw it. */
export const GalleryDetail = GalleryItem.extend({
  ...KeptContent.pick({ document: true, layout: true, components: true }).shape,
  /** Components that steps name and that are not here. */
  missing: z.array(z.object({ component: z.string(), steps: z.array(z.string()) })),
  /** Markdown. */
  readme: z.string().nullable(),
});
export type GalleryDetail = z.infer<typeof GalleryDetail>;
