import type { Family } from '@pipewright/shared/component/family.ts';
import { memo, createElement } from 'react';
import { componentIcon } from './component-icons.ts';
import classes from './graph.module.css';

interface FamilyTileProps {
  readonly family: Family;
  /** The component's own Tabler icon; the family's otherwise. */
  readonly icon?: string | undefined;
  readonly size?: 'sm' | 'md' | 'lg';
}

const iconSizes = { sm: 12, md: 15, lg: 19 } as const;

/** The only place where a family's colour shows. */
export const FamilyTile = memo(function FamilyTile({ family, icon, size = 'md' }: FamilyTileProps) {
  return (
    <span className={classes.tile} data-family={family} data-size={size} aria-hidden>
      {createElement(componentIcon(family, icon), { size: iconSizes[size], stroke: 1.8 })}
    </span>
  );
});
