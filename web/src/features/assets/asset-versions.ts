import type { Asset } from '@pipewright/shared/asset/asset.ts';

export function newestFirst(assets: readonly Asset[]): Asset[] {
  return assets.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt) || b.version.localeCompare(a.version, undefined, { numeric: true }));
}

/** The newest version of each name, by source and name. */
export function newestOfEach(assets: readonly Asset[]): Asset[] {
  const newest = new Map<string, Asset>();
  for (const asset of newestFirst(assets)) if (!newest.has(asset.name)) newest.set(asset.name, asset);
  return [...newest.values()].toSorted((a, b) => a.source.localeCompare(b.source) || a.name.localeCompare(b.name));
}
