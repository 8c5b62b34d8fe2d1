import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { PortType } from '@pipewright/shared/component/port-type.ts';
import { DataAsset } from '@pipewright/shared/http/assets.ts';
import { pageOf, PageQuery } from '@pipewright/shared/http/page.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { endpoint } from '../endpoint.ts';
import type { Services } from '../services.ts';
import { assetOfOutput, assetOfRegistration } from './asset-of-output.ts';

const Samples = z.array(z.object({ name: z.string(), file: z.string(), description: z.string(), licence: z.string() }));
/** What is trained is listed by itself. */
const models = new Set<PortType>(['mlflow_model', 'triton_model']);

export const listData = endpoint({
  method: 'get',
  path: '/data',
  summary: 'Data by name: what runs have registered, newest first, and the sets that come with the product',
  query: PageQuery,
  result: pageOf(DataAsset),
  handle: async ({ services, query }) => {
    const { items, nextCursor } = await services.store.outputs.registered(query);
    const own = query.cursor === undefined ? (await services.store.assets.list('data')).map(assetOfRegistration) : [];
    const registered = items.filter(({ artifact }) => !models.has(artifact.type)).flatMap(assetOfOutput);
    return { body: { items: [...own, ...registered, ...(nextCursor === null ? await sampleData(services) : [])], nextCursor } };
  },
});

async function sampleData({ catalog }: Services): Promise<DataAsset[]> {
  const folder = join(catalog, 'data');
  const text = await readFile(join(folder, 'samples.yml'), 'utf8').catch(() => '[]');
  const items: DataAsset[] = [];
  for (const { name, file, description, licence } of Samples.parse(readYaml(text).value)) {
    const info = await stat(join(folder, file));
    const nowhere = { run: null, step: null, port: null };
    const about = { name, version: '1', type: 'uri_file' as const, description, licence, source: 'sample' as const };
    items.push({ ...about, ...nowhere, sizeBytes: info.size, createdAt: info.mtime.toISOString() });
  }
  return items;
}
