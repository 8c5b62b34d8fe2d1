import { Asset } from '@pipewright/shared/asset/asset.ts';
import { AssetChange, type AssetNoun } from '@pipewright/shared/http/assets.ts';
import { endpoint, type AnyEndpoint } from '../endpoint.ts';
import { HttpError, notFound } from '../errors.ts';
import { VersionParams, versionOf, wordFor } from './asset-params.ts';

export const updateAsset = (noun: AssetNoun): AnyEndpoint =>
  endpoint({
    method: 'patch',
    path: `/${noun}/{name}/versions/{version}`,
    summary: `Change what is said of a version of a ${wordFor[noun]}: description, tags, display name. What it holds never changes`,
    params: VersionParams,
    body: AssetChange,
    result: Asset,
    handle: async ({ services, params, body }) => {
      const { kind, name, version, source } = await versionOf(services, noun, params);
      if (source === 'built-in') {
        throw new HttpError(409, 'built-in', {
          title: `${name}:${version} comes with the product`,
          detail: 'Register a version of your own to say more of it.',
        });
      }
      const changed = await services.store.assets.update({ kind, name, version }, body);
      if (!changed) throw notFound(`Version ${version} of the ${wordFor[noun]} ${name}`);
      return { body: changed };
    },
  });
