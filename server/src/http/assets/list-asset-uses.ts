import { AssetUse, assetNouns, AssetUsesQuery, type AssetNoun } from '@pipewright/shared/http/assets.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { endpoint, type AnyEndpoint } from '../endpoint.ts';
import { NameParams, wordFor } from './asset-params.ts';

export const listAssetUses = (noun: AssetNoun): AnyEndpoint =>
  endpoint({
    method: 'get',
    path: `/${noun}/{name}/uses`,
    summary: `The runs that used a ${wordFor[noun]}, or with \`role=made\` put it out, newest first`,
    params: NameParams,
    query: AssetUsesQuery,
    result: pageOf(AssetUse),
    handle: async ({ services, params: { name }, query: { role, version = null, ...page } }) => {
      const roles = role === 'made' ? (['output'] as const) : (['input', 'component', 'environment'] as const);
      const { items, nextCursor } = await services.store.assets.uses({ kind: assetNouns[noun], name, version, roles }, page);
      return { body: { items: [...items], nextCursor } };
    },
  });
