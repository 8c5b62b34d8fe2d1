import type { PointerEvent } from 'react';
import classes from './paper.module.css';

/** A side of a frame, or a corner: -1 is left or top, 1 right or bottom. */
export interface FrameEdge {
  readonly x: -1 | 0 | 1;
  readonly y: -1 | 0 | 1;
}

const edges: readonly FrameEdge[] = [
  { x: 0, y: -1 },
  { x: 1, y: 0 },
  { x: 0, y: 1 },
  { x: -1, y: 0 },
  { x: -1, y: -1 },
  { x: 1, y: -1 },
  { x: 1, y: 1 },
  { x: -1, y: 1 },
];

/** By what a frame is made larger and smaller with the pointer; by keys it is done from the canvas and the inspector. */
export function FrameEdges({ onTake }: { readonly onTake: (edge: FrameEdge, event: PointerEvent) => void }) {
  return edges.map((edge) => (
    <span
      key={`${edge.x} ${edge.y}`}
      className={`${classes.edge} nopan`}
      data-edge-x={edge.x}
      data-edge-y={edge.y}
      aria-hidden
      onPointerDown={(event) => onTake(edge, event)}
    />
  ));
}
