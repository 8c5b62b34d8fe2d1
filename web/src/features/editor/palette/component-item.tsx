import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { memo, type PointerEvent } from 'react';
import { FamilyTile } from '../../../ui/graph/family-tile.tsx';
import { titleOf } from '../model/search-components.ts';
import { ComponentCard } from './component-card.tsx';
import { PaletteRow } from './palette-row.tsx';
import { PortRow } from './port-row.tsx';

interface ComponentItemProps {
  readonly item: RegisteredComponent;
  readonly onAdd: (item: RegisteredComponent) => void;
  readonly onPointerDown: (item: RegisteredComponent, event: PointerEvent) => void;
}

/** A component: a press adds it, a drag puts it where it is wanted. */
export const ComponentItem = memo(function ComponentItem({ item, onAdd, onPointerDown }: ComponentItemProps) {
  const { component, reference } = item;
  const extension = component['x-pipewright'];
  return (
    <PaletteRow
      name={reference}
      mark={<FamilyTile family={extension?.family ?? 'other'} icon={extension?.icon} size="sm" />}
      title={titleOf(item)}
      end={<PortRow component={component} />}
      card={<ComponentCard item={item} />}
      onPress={() => onAdd(item)}
      onPointerDown={(event) => onPointerDown(item, event)}
    />
  );
});
