import { type PointerEvent as ReactPointerEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Point } from '../../../canvas/geometry.ts';
import classes from './palette.module.css';

interface Ghost<T> {
  readonly item: T;
  readonly at: Point;
  readonly isOverCanvas: boolean;
}

const threshold = 5;

interface DragToCanvas<T> {
  readonly ghost: Ghost<T> | null;
  readonly begin: (item: T, event: ReactPointerEvent) => void;
}

interface DragEnds<T> {
  readonly drop: (item: T, at: Point) => void;
  /** Told what is in the hand, and null when it no longer is. */
  readonly hold?: (item: T | null) => void;
  /** Told where it is over the canvas, and null when it is not, or no longer held. */
  readonly over?: (item: T, at: Point | null) => void;
}

/**
 * Dragging out of the palette by pointer events, so that it works with mouse, pen and finger alike. A finger that moves
 * up or down scrolls the list instead; Esc ends the drag without a drop.
 */
export function useDragToCanvas<T>({ drop, hold, over }: DragEnds<T>): DragToCanvas<T> {
  const [ghost, setGhost] = useState<Ghost<T> | null>(null);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);
  const begin = useCallback(
    (item: T, event: ReactPointerEvent) => {
      if (event.button !== 0) return;
      const [start, pointerId] = [{ x: event.clientX, y: event.clientY }, event.pointerId];
      let isDragging = false;
      const listening = new AbortController();
      const { signal } = listening;
      const end = (): void => {
        listening.abort();
        stop.current = null;
        setGhost(null);
        if (!isDragging) return;
        hold?.(null);
        over?.(item, null);
        swallowNextClick();
      };
      stop.current = end;
      const handleMove = (moved: PointerEvent): void => {
        if (moved.pointerId !== pointerId) return;
        const at = { x: moved.clientX, y: moved.clientY };
        if (!isDragging && Math.hypot(at.x - start.x, at.y - start.y) <= threshold) return;
        if (!isDragging) hold?.(item);
        isDragging = true;
        const isOver = isOverCanvas(at);
        setGhost({ item, at, isOverCanvas: isOver });
        over?.(item, isOver ? at : null);
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
    [drop, hold, over],
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

interface DragGhostProps extends Omit<Ghost<unknown>, 'item'> {
  readonly children: ReactNode;
}

/** What is being dragged, under the pointer. */
export function DragGhost({ at, isOverCanvas: isWelcome, children }: DragGhostProps) {
  return createPortal(
    <div className={classes.ghost} data-welcome={isWelcome || undefined} style={{ transform: `translate(${at.x - 120}px, ${at.y - 34}px)` }} aria-hidden>
      {children}
    </div>,
    document.body,
  );
}
