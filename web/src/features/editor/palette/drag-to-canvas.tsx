import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { type PointerEvent as ReactPointerEvent, useCallback, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Point } from '../../../canvas/geometry.ts';
import { FamilyTile } from '../../../ui/graph/family-tile.tsx';
import { titleOf } from '../model/search-components.ts';
import classes from './palette.module.css';

interface Ghost {
  readonly item: RegisteredComponent;
  readonly at: Point;
  readonly isOverCanvas: boolean;
}

const threshold = 5;

interface DragToCanvas {
  readonly ghost: Ghost | null;
  readonly begin: (item: RegisteredComponent, event: ReactPointerEvent) => void;
}

/**
 * Dragging out of the palette by pointer events, so that it works with mouse, pen and finger alike. A finger that moves
 * up or down scrolls the list instead; Esc ends the drag without a drop.
 */
export function useDragToCanvas(drop: (item: RegisteredComponent, at: Point) => void): DragToCanvas {
  const [ghost, setGhost] = useState<Ghost | null>(null);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);
  const begin = useCallback(
    (item: RegisteredComponent, event: ReactPointerEvent) => {
      if (event.button !== 0) return;
      const [start, pointerId] = [{ x: event.clientX, y: event.clientY }, event.pointerId];
      let isDragging = false;
      const listening = new AbortController();
      const { signal } = listening;
      const end = (): void => {
        listening.abort();
        stop.current = null;
        setGhost(null);
        if (isDragging) swallowNextClick();
      };
      stop.current = end;
      const handleMove = (moved: PointerEvent): void => {
        if (moved.pointerId !== pointerId) return;
        const at = { x: moved.clientX, y: moved.clientY };
        isDragging ||= Math.hypot(at.x - start.x, at.y - start.y) > threshold;
        if (isDragging) setGhost({ item, at, isOverCanvas: isOverCanvas(at) });
      };
      const handleUp = (raised: PointerEvent): void => {
        if (raised.pointerId !== pointerId) return;
        const at = { x: raised.clientX, y: raised.clientY };
        const isDrop = isDragging && isOverCanvas(at);
        end();
        if (isDrop) drop(item, at);
      };
      window.addEventListener('pointermove', handleMove, { signal });
      window.addEventListener('pointerup', handleUp, { signal });
      window.addEventListener('pointercancel', end, { signal });
      window.addEventListener('keydown', (key) => key.key === 'Escape' && end(), { signal, capture: true });
    },
    [drop],
  );
  return { ghost, begin };
}

const isOverCanvas = ({ x, y }: Point): boolean => document.elementFromPoint(x, y)?.closest('[data-canvas]') !== null;

/** The click that follows a drag is not a press of the item. */
function swallowNextClick(): void {
  const swallow = (event: MouseEvent): void => {
    event.stopPropagation();
    event.preventDefault();
  };
  window.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
}

/** What is being dragged, under the pointer. */
export function DragGhost({ item, at, isOverCanvas: isWelcome }: Ghost) {
  const extension = item.component['x-pipewright'];
  return createPortal(
    <div className={classes.ghost} data-welcome={isWelcome || undefined} style={{ transform: `translate(${at.x - 120}px, ${at.y - 34}px)` }} aria-hidden>
      <FamilyTile family={extension?.family ?? 'other'} icon={extension?.icon} />
      <b>{titleOf(item)}</b>
    </div>,
    document.body,
  );
}
