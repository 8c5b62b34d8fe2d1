import type { AssetNoun } from '@pipewright/shared/http/assets.ts';
import type { AnyEndpoint } from '../endpoint.ts';
import { archiveAsset, restoreAsset } from './archive-asset.ts';
import { getAsset } from './get-asset.ts';
import { getAssetContent } from './get-asset-content.ts';
import { listAssets } from './list-assets.ts';
import { listAssetUses } from './list-asset-uses.ts';
import { listAssetVersions } from './list-asset-versions.ts';
import { removeLabel, setLabel } from './set-label.ts';
import { updateAsset } from './update-asset.ts';

/** What can be done with a name and its versions, whatever it is a name of. */
const ofName = (noun: AssetNoun): AnyEndpoint[] =>
  [listAssetVersions, getAsset, listAssetUses, updateAsset, archiveAsset, restoreAsset, setLabel, removeLabel].map((make) => make(noun));

export const assetEndpoints: readonly AnyEndpoint[] = [
  ...(['data', 'models'] as const).flatMap((noun) => [listAssets(noun), ...ofName(noun), getAssetContent(noun)]),
  ...(['components', 'environments'] as const).flatMap(ofName),
];
