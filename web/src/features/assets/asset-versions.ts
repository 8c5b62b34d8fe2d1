import type { DataAsset } from '@pipewright/shared/http/assets.ts';

export function newestFirst(assets: readonly DataAsset[]): DataAsset[] {
  return assets.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt) || b.version.localeCompare(a.version, undefined, { numeric: true }));
}

/** The newest version of each name, by source and name. */
export function newestOfEach(assets: readonly DataAsset[]): DataAsset[] {
  const newest = new Map<string, DataAsset>();
  for (const asset of newestFirst(assets)) if (!newest.has(asset.name)) newest.set(asset.name, asset);
  return [...newest.values()].toSorted((a, b) => a.source.localeCompare(b.source) || a.name.localeCompare(b.name));
}
