import type { Position } from '@pipewright/shared/pipeline/layout.ts';

/** Sizes of the drawing, in pixels at zoom 1. Constants, so that nothing waits for measuring and no state moves a port. */
export const nodeWidth = 240;
export const nodeHeight = 68;
export const nodeGapX = 24;
export const nodeGapY = 44;
export const gridSize = 8;
/** The square around a port that takes the pointer. */
export const portHit = 28;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type PortSide = 'inputs' | 'outputs';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Every node but the frame of a pipeline that is unfolded. */
export const nodeSize: Size = { width: nodeWidth, height: nodeHeight };

interface PortPlace {
  readonly index: number;
  readonly count: number;
  readonly size?: Size;
}

/** Centre of port `index` of `count` on a side, from the node's top left corner. */
export function portPoint(side: PortSide, { index, count, size = nodeSize }: PortPlace): Point {
  return { x: (size.width * (index + 0.5)) / count, y: side === 'inputs' ? 0 : size.height };
}

/** Where the label of a port of several stands: over it, on one of two lines, and no wider than leaves room for the next on that line. */
export function labelPlace(index: number, count: number): { readonly line: 0 | 1; readonly room: number } {
  const { x } = portPoint('inputs', { index: index, count: count });
  const lines = count > 2 ? 2 : 1;
  const half = Math.min(x + nodeGapX / 2, nodeWidth - x + nodeGapX / 2, (lines * nodeWidth) / count / 2);
  return { line: lines === 2 && index % 2 === 1 ? 1 : 0, room: 2 * half };
}

/** A cubic from an output down to an input, with vertical tangents. */
export function edgePath(from: Point, to: Point): string {
  const reach = edgeReach(from, to);
  return `M${from.x} ${from.y}C${from.x} ${from.y + reach} ${to.x} ${to.y - reach} ${to.x} ${to.y}`;
}

/** The middle of the cubic: its control points lie symmetrically, so it is the middle of the ends. */
export function edgeMiddle(from: Point, to: Point): Point {
  return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
}

/** How far the control points of an edge lie from its ends. */
export function edgeReach(from: Point, to: Point): number {
  const dy = to.y - from.y;
  // An edge that has to go up again leaves its port downwards all the same, in a loop that grows with the way back.
  if (dy <= 0) return Math.min(160, 26 - dy / 2);
  return Math.max(Math.min(26, 0.62 * dy), dy / 2);
}

export const snapToGrid = ({ x, y }: Point): Position => ({ x: Math.round(x / gridSize) * gridSize, y: Math.round(y / gridSize) * gridSize });

export interface Box extends Point, Size {}

/** The smallest box around nodes that stand at these places; null when there is none. */
export function boxAround(nodes: Iterable<Point & Partial<Size>>): Box | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width = nodeWidth, height = nodeHeight } of nodes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return left === Infinity ? null : { x: left, y: top, width: right - left, height: bottom - top };
}
