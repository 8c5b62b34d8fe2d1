import { z } from 'zod';
import { Instant } from '../ids.ts';
import { Layout } from '../pipeline/layout.ts';
import { JobKey, Pipeline } from '../pipeline/pipeline.ts';
import { GraphThumbnail } from './graph-thumbnail.ts';

/** An immutable version of a pipeline. */
export const PublishedPipeline = z.object({
  name: z.string(),
  version: z.string(),
  displayName: z.string(),
  description: z.string(),
  stepCount: z.int(),
  by: z.string(),
  publishedAt: Instant,
  thumbnail: GraphThumbnail,
  /** The draft that it was published from; null where that was not told yet. */
  draft: z.string().nullable().default(null),
});
export type PublishedPipeline = z.infer<typeof PublishedPipeline>;

export const PublishedPipelineDetail = PublishedPipeline.extend({ document: Pipeline, layout: Layout });
export type PublishedPipelineDetail = z.infer<typeof PublishedPipelineDetail>;

/** Without a version the next whole number is taken; the same content again answers with the version it has. */
export const PublishPipeline = z.strictObject({
  draft: z.string(),
  revision: z.int(),
  name: JobKey.max(255),
  version: z.string().min(1).max(64).optional(),
  description: z.string().optional(),
});
export type PublishPipeline = z.infer<typeof PublishPipeline>;
