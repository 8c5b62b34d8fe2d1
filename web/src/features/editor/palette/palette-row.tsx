import { HoverCard } from '@mantine/core';
import type { PointerEvent, ReactNode } from 'react';
import { useEditorState } from '../store/editor-context.tsx';
import classes from './palette.module.css';

interface PaletteRowProps {
  /** By it the row is found among the others. */
  readonly name: string;
  readonly mark: ReactNode;
  readonly title: string;
  /** At the right. */
  readonly end: ReactNode;
  /** What it tells of itself when a pointer rests on it. */
  readonly card: ReactNode;
  readonly onPress: (row: Element) => void;
  readonly onPointerDown: (event: PointerEvent) => void;
}

/** Something to take out of the palette: by a press, or dragged. */
export function PaletteRow({ name, mark, title, end, card, onPress, onPointerDown }: PaletteRowProps) {
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  return (
    <li>
      <HoverCard position="right-start" openDelay={450} closeDelay={80} width={320} withinPortal shadow="md" offset={10}>
        <HoverCard.Target>
          <button
            type="button"
            className={classes.item}
            data-palette-item={name}
            // Not `disabled`: it can still be walked to, and tells what it is.
            aria-disabled={isReadOnly || undefined}
            onClick={isReadOnly ? undefined : (event) => onPress(event.currentTarget)}
            onPointerDown={isReadOnly ? undefined : onPointerDown}
          >
            {mark}
            <span className={classes.name}>{title}</span>
            {end}
          </button>
        </HoverCard.Target>
        <HoverCard.Dropdown>{card}</HoverCard.Dropdown>
      </HoverCard>
    </li>
  );
}
