import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DataAsset } from '@pipewright/shared/http/assets.ts';
import { pageOf, PageQuery } from '@pipewright/shared/http/page.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { endpoint } from '../endpoint.ts';

const Samples = z.array(z.object({ name: z.string(), file: z.string(), description: z.string(), licence: z.string() }));

export const listData = endpoint({
  method: 'get',
  path: '/data',
  summary: 'Data by name: the sets that come with the product',
  query: PageQuery,
  result: pageOf(DataAsset),
  handle: async ({ services }) => {
    const folder = join(services.catalog, 'data');
    const samples = Samples.parse(readYaml(await readFile(join(folder, 'samples.yml'), 'utf8')).value);
    const items: DataAsset[] = [];
    for (const { name, file, description, licence } of samples) {
      const info = await stat(join(folder, file));
      const nowhere = { run: null, step: null, port: null };
      const about = { name, version: '1', type: 'uri_file' as const, description, licence, source: 'sample' as const };
      items.push({ ...about, ...nowhere, sizeBytes: info.size, createdAt: info.mtime.toISOString() });
    }
    return { body: { items, nextCursor: null } };
  },
});
