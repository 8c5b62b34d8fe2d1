import { type RefObject, useEffect, useRef } from 'react';
import type { Point } from '../../../canvas/geometry.ts';

export interface PointerOnCanvas {
  /** In pixels of the window; null while it is elsewhere. */
  readonly point: Point | null;
  /** Somebody moved it after they last pressed a key that walks or selects: it is where they look. */
  readonly isLast: boolean;
}

/** Where the pointer is on the canvas, without a rendering. */
export function usePointerOnCanvas(): RefObject<PointerOnCanvas> {
  const pointer = useRef<PointerOnCanvas>({ point: null, isLast: false });
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    document.addEventListener(
      'pointermove',
      ({ clientX, clientY, target }) => {
        const isOver = target instanceof Element && target.closest('[data-canvas]') !== null;
        pointer.current = isOver ? { point: { x: clientX, y: clientY }, isLast: true } : { point: null, isLast: false };
      },
      { signal, passive: true },
    );
    document.addEventListener(
      'keydown',
      ({ key }) => {
        if (key.startsWith('Arrow') || key === 'Enter') pointer.current = { ...pointer.current, isLast: false };
      },
      { signal, capture: true },
    );
    return () => listening.abort();
  }, []);
  return pointer;
}
