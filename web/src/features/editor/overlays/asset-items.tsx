import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import { dataTypeOf, describeVersion, searchAssets } from '../model/registered-data.ts';
import type { MenuGroup } from './search-menu.tsx';
import classes from './overlays.module.css';

/** The name under which a menu's item is chosen: the same name may be that of data and of a model. */
export const assetItemId = ({ kind, name }: Asset): string => `${kind}/${name}`;

export interface RegisteredBytes {
  readonly data: readonly Asset[];
  readonly models: readonly Asset[];
}

/** Registered data and models that answer a query, as groups of a menu. */
export function assetGroups(assets: RegisteredBytes, query: string): MenuGroup[] {
  const groups = [
    { title: 'Registered data', found: searchAssets(assets.data, query) },
    { title: 'Registered models', found: searchAssets(assets.models, query) },
  ];
  return groups.flatMap(({ title, found }) =>
    found.length === 0 ? [] : [{ title, items: found.slice(0, mostShown).map((asset) => ({ id: assetItemId(asset), content: <AssetLine asset={asset} /> })) }],
  );
}

const mostShown = 60;

function AssetLine({ asset }: { readonly asset: Asset }) {
  const type = dataTypeOf(asset);
  return (
    <>
      <PortGlyph type={type} size={12} />
      <span className={classes.menuText}>
        <span>{asset.name}</span>
        <small>
          {describeVersion(asset)} · {type}
        </small>
      </span>
    </>
  );
}
