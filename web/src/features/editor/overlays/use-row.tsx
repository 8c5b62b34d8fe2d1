import { IconStar } from '@tabler/icons-react';
import { FamilyTile } from '../../../ui/graph/family-tile.tsx';
import { usePreferences } from '../../../ui/preferences.ts';
import type { Use } from '../model/quick-list.ts';
import { titleOf } from '../model/search-components.ts';
import { PortRow } from '../palette/port-row.tsx';
import classes from './overlays.module.css';

/** A way to use a component, as a line of the quick add. */
export function UseRow({ use, isPinned }: { readonly use: Use; readonly isPinned: boolean }) {
  const { component } = use.item;
  const extension = component['x-pipewright'];
  return (
    <>
      {use.isOther ? <span className={classes.otherWay} /> : <FamilyTile family={extension?.family ?? 'other'} icon={extension?.icon} size="sm" />}
      <span className={classes.menuText}>
        <span>
          {titleOf(use.item)}
          {use.via !== null && <span className={classes.via}> {use.via}</span>}
        </span>
        {!use.isOther && extension?.summary !== undefined && <small>{extension.summary}</small>}
      </span>
      <PortRow component={component} />
      {!use.isOther && <PinStar name={use.item.name} isPinned={isPinned} />}
    </>
  );
}

/** By the pointer; Alt+P does it for the line that is active. A line of a list may hold no button of its own. */
function PinStar({ name, isPinned }: { readonly name: string; readonly isPinned: boolean }) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <span
      className={classes.pin}
      data-pinned={isPinned || undefined}
      title={isPinned ? 'Take off the pin (Alt P)' : 'Pin to the top (Alt P)'}
      onClick={(event) => {
        event.stopPropagation();
        usePreferences.getState().togglePin(name);
      }}
    >
      <IconStar size={13} stroke={1.8} aria-hidden />
    </span>
  );
}
