import { z } from 'zod';
import { Asset } from '@pipewright/shared/asset/asset.ts';
import type { AssetNoun } from '@pipewright/shared/http/assets.ts';
import { endpoint, type AnyEndpoint } from '../endpoint.ts';
import { NameParams, versionsOf, wordFor } from './asset-params.ts';

export const listAssetVersions = (noun: AssetNoun): AnyEndpoint =>
  endpoint({
    method: 'get',
    path: `/${noun}/{name}`,
    summary: `Every version of a ${wordFor[noun]}, newest first, archived ones with them`,
    params: NameParams,
    result: z.object({ items: z.array(Asset) }),
    handle: async ({ services, params: { name } }) => ({ body: { items: [...(await versionsOf(services, noun, name))] } }),
  });
