import { formatAssetReference } from '@pipewright/shared/asset/asset-reference.ts';
import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { AssetDetail, type AssetNoun } from '@pipewright/shared/http/assets.ts';
import { endpoint, type AnyEndpoint } from '../endpoint.ts';
import type { Services } from '../services.ts';
import { VersionParams, versionOf, wordFor } from './asset-params.ts';

export const getAsset = (noun: AssetNoun): AnyEndpoint =>
  endpoint({
    method: 'get',
    path: `/${noun}/{name}/versions/{version}`,
    summary: `One version of a ${wordFor[noun]}, the \`latest\`, or that of a \`@LABEL\`, with the runs that made and used it`,
    params: VersionParams,
    result: AssetDetail,
    handle: async ({ services, params }) => ({ body: await detailOf(services, await versionOf(services, noun, params)) }),
  });

const shownUses = { limit: 20, cursor: undefined };

export async function detailOf({ store }: Pick<Services, 'store'>, asset: Asset): Promise<AssetDetail> {
  const { kind, name, version } = asset;
  const made = await store.assets.uses({ kind, name, version, roles: ['output'] }, shownUses);
  const used = await store.assets.uses({ kind, name, version, roles: ['input', 'component', 'environment'] }, shownUses);
  const component = kind === 'component' ? (await store.registry.component(name, version))?.component : undefined;
  const definition = kind === 'environment' ? (await store.registry.environment(name, version))?.environment : undefined;
  return {
    ...asset,
    reference: formatAssetReference(name, version),
    madeBy: [...made.items],
    usedBy: { items: [...used.items], nextCursor: used.nextCursor },
    ...(component ? { component } : {}),
    ...(definition ? { definition } : {}),
  };
}
