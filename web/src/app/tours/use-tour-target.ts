import { useEffect, useRef, useState } from 'react';
import type { Area } from './place-card.ts';

/** Where an element is, as it moves; null while there is none. */
export function useAreaOf(selector: string | null): Area | null {
  const [area, setArea] = useState<Area | null>(null);
  useEffect(() => {
    let frame = 0;
    let last = '';
    const look = (): void => {
      const element = selector === null ? null : document.querySelector(selector);
      const box = element?.getBoundingClientRect();
      const next = box && box.width > 0 ? { left: box.left, top: box.top, width: box.width, height: box.height } : null;
      const text = JSON.stringify(next);
      if (text !== last) setArea(next);
      last = text;
      frame = requestAnimationFrame(look);
    };
    look();
    return () => cancelAnimationFrame(frame);
  }, [selector]);
  return area;
}

/** Calls back once when something comes to the page that was not there when it began to wait for it. */
export function useOnAppearing(selector: string | undefined, onThere: () => void): void {
  const latest = useRef(onThere);
  useEffect(() => {
    latest.current = onThere;
  });
  useEffect(() => {
    if (selector === undefined || document.querySelector(selector) !== null) return;
    const observer = new MutationObserver(() => {
      if (document.querySelector(selector) === null) return;
      observer.disconnect();
      latest.current();
    });
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['data-status', 'data-step', 'data-look', 'data-edge'],
    });
    return () => observer.disconnect();
  }, [selector]);
}
