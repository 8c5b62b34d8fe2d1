import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { HoverCard } from '@mantine/core';
import { memo, type PointerEvent } from 'react';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import { dataTypeOf } from '../model/registered-data.ts';
import { AssetCard } from './asset-card.tsx';
import classes from './palette.module.css';

interface AssetItemProps {
  readonly asset: Asset;
  readonly isReadOnly: boolean;
  readonly onGive: (asset: Asset, row: Element) => void;
  readonly onPointerDown: (asset: Asset, event: PointerEvent) => void;
}

/** Data or a model: a press asks which input gets it, a drag gives it, a pause over it tells what it is. */
export const AssetItem = memo(function AssetItem({ asset, isReadOnly, onGive, onPointerDown }: AssetItemProps) {
  const { kind, name, version } = asset;
  return (
    <li>
      <HoverCard position="right-start" openDelay={450} closeDelay={80} width={320} withinPortal shadow="md" offset={10}>
        <HoverCard.Target>
          <button
            type="button"
            className={classes.item}
            data-palette-item={`${kind}/${name}`}
            // Not `disabled`: it can still be walked to, and tells what it is.
            aria-disabled={isReadOnly || undefined}
            onClick={isReadOnly ? undefined : (event) => onGive(asset, event.currentTarget)}
            onPointerDown={isReadOnly ? undefined : (event) => onPointerDown(asset, event)}
          >
            <PortGlyph type={dataTypeOf(asset)} />
            <span className={classes.name}>{name}</span>
            <span className={classes.version}>{version}</span>
          </button>
        </HoverCard.Target>
        <HoverCard.Dropdown>
          <AssetCard asset={asset} />
        </HoverCard.Dropdown>
      </HoverCard>
    </li>
  );
});
