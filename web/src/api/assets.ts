import { Asset } from '@pipewright/shared/asset/asset.ts';
import { type AssetChange, AssetDetail, AssetInRun, type AssetNoun, AssetUse, ChangedVersions, RunOutput } from '@pipewright/shared/http/assets.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { type Register, Registered } from '@pipewright/shared/http/register.ts';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { apiPath, request, withQuery } from './request.ts';

/** A version of a name. */
export interface AssetAddress {
  readonly noun: AssetNoun;
  readonly name: string;
  readonly version: string;
}

export const assetKeys = {
  all: (noun: AssetNoun) => ['assets', noun] as const,
  list: (noun: AssetNoun, archived: string) => [...assetKeys.all(noun), 'list', archived] as const,
  detail: ({ noun, name, version }: AssetAddress) => [...assetKeys.all(noun), 'detail', name, version] as const,
};

const listLimit = 500;

/** Every version of everything of a kind that has a name. */
export const assetsQuery = (noun: 'data' | 'models', archived: 'exclude' | 'include' = 'exclude') =>
  queryOptions({
    queryKey: assetKeys.list(noun, archived),
    queryFn: async ({ signal }) => (await request(withQuery(`/api/${noun}`, { limit: listLimit, archived }), pageOf(Asset), { signal })).items,
  });

/** The newest version of everything of a kind that has a name and is not archived, by name: as many pages as there are. */
export const namedAssetsQuery = (noun: 'data' | 'models') =>
  queryOptions({
    queryKey: [...assetKeys.all(noun), 'named'],
    queryFn: async ({ signal }) => {
      const items: Asset[] = [];
      let cursor: string | undefined;
      do {
        const page = await request(withQuery(`/api/${noun}`, { limit: listLimit, latest: 'true', cursor }), pageOf(Asset), { signal });
        items.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return items.toSorted((a, b) => a.name.localeCompare(b.name));
    },
  });

/** Every version of a name, newest first, archived ones with them. */
export const assetVersionsQuery = (noun: 'data' | 'models', name: string) =>
  queryOptions({
    queryKey: [...assetKeys.all(noun), 'versions', name],
    queryFn: async ({ signal }) => (await request(apiPath(noun, name), z.object({ items: z.array(Asset) }), { signal })).items,
  });

/** One version with the runs that made and used it. */
export const assetQuery = (address: AssetAddress) =>
  queryOptions({
    queryKey: assetKeys.detail(address),
    queryFn: ({ signal }) => request(apiPath(address.noun, address.name, 'versions', address.version), AssetDetail, { signal }),
  });

/** The runs that used a version, page by page. */
export const assetUsesQuery = (address: AssetAddress) =>
  infiniteQueryOptions({
    queryKey: [...assetKeys.detail(address), 'uses'],
    queryFn: ({ pageParam, signal }) => {
      const path = apiPath(address.noun, address.name, 'uses');
      return request(withQuery(path, { version: address.version, limit: 50, cursor: pageParam }), pageOf(AssetUse), { signal });
    },
    initialPageParam: undefined as string | undefined, // Widens the type: the first page has no cursor.
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });

/** What models steps have put out lately, with a name or without. */
export const trainedModelsQuery = () =>
  queryOptions({
    queryKey: [...assetKeys.all('models'), 'trained'],
    queryFn: async ({ signal }) =>
      (await request(withQuery('/api/outputs', { type: 'mlflow_model,triton_model', limit: 50 }), pageOf(RunOutput), { signal })).items,
  });

/** Which inputs and outputs of a step are assets. */
export const assetsOfStepQuery = ({ run, step }: { readonly run: string; readonly step: string }) =>
  queryOptions({
    queryKey: ['assets', 'of-run', run, step],
    queryFn: async ({ signal }) =>
      (await request(withQuery(apiPath('runs', run, 'assets'), { step }), z.object({ items: z.array(AssetInRun) }), { signal })).items,
  });

function useForgetAssets(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await Promise.all([['assets'], ['components'], ['environments']].map(async (queryKey) => await client.invalidateQueries({ queryKey })));
  };
}

export function useRegisterAsset() {
  const forget = useForgetAssets();
  return useMutation({
    mutationFn: async ({ files, ...body }: RegisterRequest) => {
      if (files.length === 0) return await request('/api/register', Registered, { method: 'POST', body });
      const upload = crypto.randomUUID();
      for (const file of files) await sendFile(upload, file);
      return await request('/api/register', Registered, { method: 'POST', body: { ...body, path: undefined, upload } });
    },
    onSuccess: forget,
  });
}

/** With files, their bytes are sent first. */
export type RegisterRequest = Exclude<Register, { file: string } | { upload: string }> & { readonly files: readonly File[] };

async function sendFile(upload: string, file: File): Promise<void> {
  const path = file.webkitRelativePath === '' ? file.name : file.webkitRelativePath;
  const address = [...apiPath('uploads', upload).split('/'), ...path.split('/').map(encodeURIComponent)].join('/');
  await request(address, z.object({ path: z.string() }), { method: 'PUT', bytes: file });
}

export function useChangeAsset(address: AssetAddress) {
  const forget = useForgetAssets();
  return useMutation({
    mutationFn: (change: AssetChange) => request(apiPath(address.noun, address.name, 'versions', address.version), Asset, { method: 'PATCH', body: change }),
    onSuccess: forget,
  });
}

export interface Archiving {
  readonly noun: AssetNoun;
  readonly name: string;
  /** Left out: all of them. */
  readonly versions?: readonly string[];
  readonly verb: 'archive' | 'restore';
}

export function useArchiveAsset() {
  const forget = useForgetAssets();
  return useMutation({
    mutationFn: async ({ noun, name, versions, verb }: Archiving) =>
      (await request(apiPath(noun, name, verb), ChangedVersions, { method: 'POST', body: versions === undefined ? {} : { versions } })).versions,
    onSuccess: forget,
  });
}
