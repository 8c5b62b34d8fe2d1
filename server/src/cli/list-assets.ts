import type { Asset, AssetKind } from '@pipewright/shared/asset/asset.ts';
import { formatAssetReference } from '@pipewright/shared/asset/asset-reference.ts';
import type { Component } from '@pipewright/shared/component/component.ts';
import type { Environment } from '@pipewright/shared/component/environment.ts';
import { describeBytes } from '../describe-bytes.ts';
import { firstSentence } from './first-sentence.ts';
import type { Listing } from './ls.ts';
import type { Remembered } from './remembered.ts';

export interface AssetFilters {
  readonly isWithArchived: boolean;
  readonly search?: string | undefined;
  readonly tag?: string | undefined;
  readonly type?: string | undefined;
}

type ListedAsset = Asset & { readonly reference: string; readonly component?: Component | undefined; readonly definition?: Environment | undefined };

/** Every version of everything of a kind that has a name, newest first. */
export async function listAssets({ store }: Remembered, kind: AssetKind, filters: AssetFilters): Promise<Listing<ListedAsset>> {
  const items: ListedAsset[] = [];
  const { isWithArchived, ...wanted } = filters;
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await store.assets.list({ ...wanted, kind, archived: isWithArchived ? 'include' : 'exclude', newestOnly: false, limit: 500, cursor });
    for (const asset of page.items) {
      const { name, version } = asset;
      const component = kind === 'component' ? (await store.registry.component(name, version))?.component : undefined;
      const definition = kind === 'environment' ? (await store.registry.environment(name, version))?.environment : undefined;
      items.push({ ...asset, reference: formatAssetReference(name, version), ...(definition ? { definition } : {}), ...textsOf(component) });
    }
    cursor = page.nextCursor;
  }
  return { items, toRow: (asset) => [...rowOf(asset), ...(asset.archivedAt === null ? [] : ['archived'])] };
}

/** Of a component in a list what it says of itself, not what it does. */
function textsOf(component: Component | undefined): Partial<Pick<Asset, 'displayName' | 'description'>> {
  if (!component) return {};
  return {
    displayName: component.display_name ?? component.name ?? null,
    description: component['x-pipewright']?.summary ?? component.description ?? '',
  };
}

function rowOf({ kind, reference, type, displayName, description, sizeBytes, path, origin, definition }: ListedAsset): string[] {
  if (kind === 'component') return [reference, displayName ?? '', firstSentence(description)];
  if (kind === 'environment') return [reference, `Python ${definition?.python ?? 'of any version'}`, firstSentence(description)];
  const from = origin ? `run:${origin.run}/${origin.step}/${origin.port ?? ''}` : (path ?? '');
  return [reference, type ?? '', sizeBytes === null ? '' : describeBytes(sizeBytes), from];
}
