import { Asset } from '@pipewright/shared/asset/asset.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { queryOptions } from '@tanstack/react-query';
import { request, withQuery } from './request.ts';

export type AssetKind = 'data' | 'models';

export const assetKeys = {
  all: (kind: AssetKind) => ['assets', kind] as const,
};

const listLimit = 500;

/** Every version of every named piece of data, or model. */
export const assetsQuery = (kind: AssetKind) =>
  queryOptions({
    queryKey: assetKeys.all(kind),
    queryFn: async ({ signal }) => (await request(withQuery(`/api/${kind}`, { limit: listLimit }), pageOf(Asset), { signal })).items,
  });
