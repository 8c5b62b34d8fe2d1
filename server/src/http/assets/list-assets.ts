import { AssetsQuery, assetNouns, type AssetNoun } from '@pipewright/shared/http/assets.ts';
import { Asset } from '@pipewright/shared/asset/asset.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import type { Page } from '../../store/store.ts';
import { endpoint, type AnyEndpoint } from '../endpoint.ts';
import type { Services } from '../services.ts';

export const listAssets = (noun: 'data' | 'models'): AnyEndpoint =>
  endpoint({
    method: 'get',
    path: `/${noun}`,
    summary: `${noun === 'data' ? 'Data' : 'Models'} by name, newest first: registered, put out by runs under a name, or come with the product`,
    query: AssetsQuery,
    result: pageOf(Asset),
    handle: async ({ services, query }) => ({ body: await pageOfAssets(services, noun, query) }),
  });

export async function pageOfAssets(
  { store }: Services,
  noun: AssetNoun,
  { latest, ...query }: AssetsQuery,
): Promise<Pick<Page<Asset>, 'nextCursor'> & { items: Asset[] }> {
  const { items, nextCursor } = await store.assets.list({ ...query, kind: assetNouns[noun], newestOnly: latest === 'true' });
  return { items: [...items], nextCursor };
}
