import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../logger.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { describeSample, readSamples } from './read-gallery.ts';

const logger = createLogger('silent');
const pipeline = (name: string, about = ''): string => `type: pipeline\ndisplay_name: ${name}\n${about}jobs:\n  a: { command: echo a }\n`;

async function galleryOf(files: Readonly<Record<string, string>>): Promise<string> {
  const catalog = await tempFolder();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(catalog, 'gallery', name), { recursive: true });
    await writeFile(join(catalog, 'gallery', name, 'pipeline.yml'), text);
  }
  return catalog;
}

describe('the gallery', () => {
  it('holds the pipelines of the catalog in their order, without those that cannot be read', async () => {
    const catalog = await galleryOf({
      second: pipeline('Second', 'x-pipewright: { gallery: { order: 2, tags: [text], minutes: under 1 min } }\n'),
      first: pipeline('First', 'x-pipewright: { gallery: { order: 1, data: { name: Cars, source: UCI, licence: CC BY 4.0 } } }\n'),
      last: pipeline('Last'),
      broken: 'jobs: [\n',
      mistaken: pipeline('Mistaken', 'x-pipewright: { gallery: { order: soon } }\n'),
    });
    await mkdir(join(catalog, 'gallery', 'empty'));
    await writeFile(join(catalog, 'gallery', 'README.md'), 'not a sample');
    const samples = await readSamples(catalog, logger);
    expect(samples.map(({ name }) => name)).toEqual(['first', 'second', 'last']);
    const [first, second] = samples.map((sample) => describeSample(sample, {}));
    expect(first).toMatchObject({
      name: 'first',
      kind: 'sample',
      displayName: 'First',
      stepCount: 1,
      tags: [],
      duration: null,
      data: { licence: 'CC BY 4.0' },
    });
    expect(second).toMatchObject({ displayName: 'Second', tags: ['text'], duration: 'under 1 min', data: null });
  });

  it('may be missing altogether', async () => {
    expect(await readSamples(await tempFolder(), logger)).toEqual([]);
  });
});
