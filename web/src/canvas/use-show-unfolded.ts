import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect, useRef } from 'react';
import { centerOn } from './center-on.ts';
import type { StepNode } from './flow-graph.ts';
import { nodeSize } from './geometry.ts';

const margin = 40;
/** Below this nothing can be read: a larger frame is shown from its head on. */
const smallestZoom = 0.42;

/** Brings a pipeline that was just unfolded into the window, from farther away if it has to. */
export function useShowUnfolded(region: RefObject<HTMLElement | null>, unfolded: ReadonlyMap<string, unknown>): void {
  const flow = useReactFlow<StepNode>();
  const known = useRef(unfolded);
  useEffect(() => {
    if (known.current === unfolded) return;
    const appeared = [...unfolded.keys()].filter((key) => !known.current.has(key));
    known.current = unfolded;
    const refocusing = setTimeout(() => keepFocus(region.current));
    const stop = (): void => clearTimeout(refocusing);
    const [key, ...others] = appeared;
    // Several at once were there already when the page opened.
    if (key === undefined || others.length > 0) return stop;
    const timer = setTimeout(() => {
      const node = flow.getNode(key);
      const element = region.current;
      if (!node || !element) return;
      const { width, height } = { ...nodeSize, ...node.measured };
      const { x, y, zoom } = flow.getViewport();
      const fitting = Math.min((element.clientWidth - 2 * margin) / width, (element.clientHeight - 2 * margin) / height);
      const next = Math.max(Math.min(zoom, fitting), Math.min(zoom, smallestZoom));
      const [left, top] = [node.position.x * zoom + x, node.position.y * zoom + y];
      const isSeen = left >= 0 && top >= 0 && left + width * zoom <= element.clientWidth && top + height * zoom <= element.clientHeight;
      if (isSeen) return;
      const middle = Math.min(height / 2, (element.clientHeight / 2 - margin) / next);
      centerOn(flow, element, { x: node.position.x + width / 2, y: node.position.y + middle, zoom: next });
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [flow, region, unfolded]);
}

/** A node that becomes a frame, or a frame a node, is drawn anew: the keyboard stays with the step. */
function keepFocus(region: HTMLElement | null): void {
  if (document.activeElement !== document.body) return;
  region?.querySelector<HTMLElement>('[data-step][data-selected]')?.focus({ preventScroll: true });
}
