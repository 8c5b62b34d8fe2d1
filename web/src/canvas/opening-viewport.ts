import type { Viewport } from '@xyflow/react';
import { boxAround, nodeHeight, nodeWidth, type Point, type Size } from './geometry.ts';

const margin = 48;
/** Below this a graph cannot be read, so a large one opens at its beginning instead of as a whole. */
const smallestZoom = 0.42;
/** Where the map and the zoom lie, at the bottom left. */
const mapCorner: Size = { width: 192, height: 196 };

interface OpeningNode {
  readonly position: Point;
  readonly measured?: Partial<Size>;
}

/** The whole graph in the window if it can be read so; otherwise its first rows. */
export function openingViewport(nodes: readonly OpeningNode[], size: Size): Viewport {
  const box = boxAround(nodes.map(({ position, measured }) => ({ ...position, ...measured })));
  const { width, height } = { width: size.width || 1200, height: size.height || 800 };
  if (!box) return { x: width / 2, y: height / 4, zoom: 1 };
  const fitting = Math.min((width - 2 * margin) / box.width, (height - 2 * margin) / box.height);
  const zoom = Math.min(1, Math.max(smallestZoom, fitting));
  if (fitting >= smallestZoom) {
    const centred = { x: width / 2 - (box.x + box.width / 2) * zoom, y: height / 2 - (box.y + box.height / 2) * zoom, zoom };
    const room = width - margin - (box.x + box.width) * zoom - centred.x;
    return { ...centred, x: centred.x + Math.min(Math.max(0, room), hiddenWidth(nodes, centred, { width, height })) };
  }
  const first = nodes.reduce<Point>((top, { position }) => (position.y < top.y ? position : top), { x: box.x, y: Infinity });
  const centred = width / 2 - (first.x + nodeWidth / 2) * zoom;
  // The first step in the middle, unless that would leave the window empty where the graph has ended.
  const [leftmost, rightmost] = [width - margin - (box.x + box.width) * zoom, margin - box.x * zoom];
  const isWide = box.width * zoom > width - 2 * margin;
  return { x: isWide ? Math.min(rightmost, Math.max(leftmost, centred)) : centred, y: margin - box.y * zoom, zoom };
}

/** How far steps reach under the map. */
function hiddenWidth(nodes: readonly OpeningNode[], { x, y, zoom }: Viewport, { height }: Size): number {
  const low = nodes.filter(({ position, measured }) => y + (position.y + (measured?.height ?? nodeHeight)) * zoom > height - mapCorner.height);
  return Math.max(0, ...low.map(({ position }) => mapCorner.width - (x + position.x * zoom)));
}
