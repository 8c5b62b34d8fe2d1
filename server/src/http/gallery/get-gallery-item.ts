import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { KeptContent } from '@pipewright/shared/http/drafts.ts';
import { GalleryDetail } from '@pipewright/shared/http/gallery.ts';
import { missingComponents } from '@pipewright/shared/pipeline/missing-components.ts';
import { describeSample } from '../../gallery/read-gallery.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { describePublished } from './describe-published.ts';

export const getGalleryItem = endpoint({
  method: 'get',
  path: '/gallery/{name}',
  summary: 'A pipeline of the gallery, as a canvas draws it, with what it says of itself and what of it is not here',
  params: z.object({ name: z.string() }),
  result: GalleryDetail,
  handle: async ({ services, params: { name } }) => {
    const sample = services.samples.find((candidate) => candidate.name === name);
    if (sample) {
      const content = await services.drafts.keptContent(sample.content, sample.folder);
      const readme = await readFile(join(sample.folder, 'README.md'), 'utf8').catch(() => null);
      return { body: { ...describeSample(sample, content.components), ...drawn(content), readme } };
    }
    const published = await services.store.pipelines.get(name, 'latest');
    if (!published) throw notFound(`The pipeline ${name}`);
    const content = await services.drafts.keptContent(published, published.folder);
    return { body: { ...describePublished(published), ...drawn(content), readme: null } };
  },
});

function drawn({ document, layout, components }: KeptContent): Pick<GalleryDetail, 'document' | 'layout' | 'components' | 'missing'> {
  return { document, layout, components, missing: missingComponents(document, components).map(({ component, steps }) => ({ component, steps: [...steps] })) };
}
