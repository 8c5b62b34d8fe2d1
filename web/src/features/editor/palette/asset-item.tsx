import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { memo, type PointerEvent } from 'react';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import { dataTypeOf } from '../model/registered-data.ts';
import { AssetCard } from './asset-card.tsx';
import { PaletteRow } from './palette-row.tsx';
import classes from './palette.module.css';

interface AssetItemProps {
  readonly asset: Asset;
  readonly onGive: (asset: Asset, row: Element) => void;
  readonly onPointerDown: (asset: Asset, event: PointerEvent) => void;
}

/** Data or a model: a press asks which input gets it, a drag gives it. */
export const AssetItem = memo(function AssetItem({ asset, onGive, onPointerDown }: AssetItemProps) {
  const { kind, name, version } = asset;
  return (
    <PaletteRow
      name={`${kind}/${name}`}
      mark={<PortGlyph type={dataTypeOf(asset)} />}
      title={name}
      end={<span className={classes.version}>{version}</span>}
      card={<AssetCard asset={asset} />}
      onPress={(row) => onGive(asset, row)}
      onPointerDown={(event) => onPointerDown(asset, event)}
    />
  );
});
