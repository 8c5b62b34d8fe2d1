import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { HoverCard } from '@mantine/core';
import { memo, type PointerEvent } from 'react';
import { FamilyTile } from '../../../ui/graph/family-tile.tsx';
import { titleOf } from '../model/search-components.ts';
import { ComponentCard } from './component-card.tsx';
import { PortRow } from './port-row.tsx';
import classes from './palette.module.css';

interface PaletteItemProps {
  readonly item: RegisteredComponent;
  readonly onAdd: (item: RegisteredComponent) => void;
  readonly onPointerDown: (item: RegisteredComponent, event: PointerEvent) => void;
}

/** A component: a press adds it, a drag puts it where it is wanted, a pause over it tells what it is. */
export const PaletteItem = memo(function PaletteItem({ item, onAdd, onPointerDown }: PaletteItemProps) {
  const { component, reference } = item;
  const extension = component['x-pipewright'];
  return (
    <li>
      <HoverCard position="right-start" openDelay={450} closeDelay={80} width={320} withinPortal shadow="md" offset={10}>
        <HoverCard.Target>
          <button
            type="button"
            className={classes.item}
            data-palette-item={reference}
            onClick={() => onAdd(item)}
            onPointerDown={(event) => onPointerDown(item, event)}
          >
            <FamilyTile family={extension?.family ?? 'other'} icon={extension?.icon} size="sm" />
            <span className={classes.name}>{titleOf(item)}</span>
            <PortRow component={component} />
          </button>
        </HoverCard.Target>
        <HoverCard.Dropdown>
          <ComponentCard item={item} />
        </HoverCard.Dropdown>
      </HoverCard>
    </li>
  );
});
