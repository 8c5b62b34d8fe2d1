import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ComponentLookup } from '@pipewright/shared/component/component-interface.ts';
import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { thumbnailOf } from '@pipewright/shared/graph/thumbnail-of.ts';
import type { GalleryItem } from '@pipewright/shared/http/gallery.ts';
import { extensionKey, readPipeline } from '@pipewright/shared/yaml/read-pipeline.ts';
import type { Logger } from '../logger.ts';

/** What a sample says of itself under `x-pipewright.gallery`. */
const About = z.looseObject({
  order: z.number().default(1000),
  tags: z.array(z.string()).default([]),
  minutes: z.string().optional(),
  by: z.string().default('Pipewright'),
  licence: z.string().default('Apache-2.0'),
  data: z.object({ name: z.string(), source: z.string(), licence: z.string() }).optional(),
});

export interface Sample {
  readonly name: string;
  readonly content: DraftContent;
  /** Relative paths in it are resolved here. */
  readonly folder: string;
  readonly file: string;
  readonly about: z.infer<typeof About>;
}

/** The samples that come with the product, in their order; a broken one is logged and left out. */
export async function readSamples(catalog: string, logger: Logger): Promise<Sample[]> {
  const root = join(catalog, 'gallery');
  const samples: Sample[] = [];
  for (const name of await foldersIn(root, logger)) {
    const folder = join(root, name);
    const file = join(folder, 'pipeline.yml');
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) continue;
    const { content, problems } = readPipeline(text, file);
    if (!content) {
      logger.error({ sample: name, problem: problems[0]?.message }, 'A gallery pipeline was left out');
      continue;
    }
    const extension = z.looseObject({ gallery: About.prefault({}) }).safeParse(content.document[extensionKey] ?? {});
    if (!extension.success) {
      logger.error({ sample: name, problem: z.prettifyError(extension.error) }, 'A gallery pipeline was left out');
      continue;
    }
    samples.push({ name, content: { ...content, text }, folder, file, about: extension.data.gallery });
  }
  return samples.toSorted((a, b) => a.about.order - b.about.order);
}

async function foldersIn(root: string, logger: Logger): Promise<string[]> {
  try {
    const entries = await readdir(root, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    logger.error({ folder: root, err: error }, 'The gallery cannot be read');
    return [];
  }
}

export function describeSample(sample: Sample, components: ComponentLookup): GalleryItem {
  const { document } = sample.content;
  return {
    name: sample.name,
    kind: 'sample',
    displayName: document.display_name ?? sample.name,
    description: document.description ?? '',
    version: null,
    stepCount: Object.keys(document.jobs).length,
    tags: sample.about.tags,
    duration: sample.about.minutes ?? null,
    data: sample.about.data ?? null,
    by: sample.about.by,
    licence: sample.about.licence,
    thumbnail: thumbnailOf(sample.content, components),
  };
}
