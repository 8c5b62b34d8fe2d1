import type { GraphThumbnail } from '@pipewright/shared/http/graph-thumbnail.ts';

export interface ThumbnailBox {
  readonly width: number;
  readonly height: number;
  /** The largest a node may be drawn, and how far apart rows and columns may stand, as a share of the canvas. */
  readonly nodeWidth: number;
  readonly nodeHeight: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

export interface PlacedNode {
  readonly x: number;
  readonly y: number;
}

interface PlacedThumbnail {
  readonly nodes: readonly PlacedNode[];
  readonly nodeWidth: number;
  readonly nodeHeight: number;
}

/** Fits a graph into a box: centred, never larger than a card's small graph, the two axes each by its own scale. */
export function placeThumbnail({ steps }: GraphThumbnail, box: ThumbnailBox): PlacedThumbnail {
  const xs = steps.map((step) => step.x);
  const ys = steps.map((step) => step.y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [spanX, spanY] = [Math.max(...xs) - left, Math.max(...ys) - top];
  const scaleX = Math.min(box.scaleX, spanX > 0 ? (box.width - box.nodeWidth) / spanX : box.scaleX);
  const scaleY = Math.min(box.scaleY, spanY > 0 ? (box.height - box.nodeHeight) / spanY : box.scaleY);
  const nodeWidth = Math.max(4, box.nodeWidth * Math.min(1, scaleX / (box.scaleX * 0.85)));
  const nodeHeight = Math.max(3, box.nodeHeight * Math.min(1, scaleY / (box.scaleY * 0.85)));
  const offsetX = (box.width - (spanX * scaleX + nodeWidth)) / 2;
  const offsetY = (box.height - (spanY * scaleY + nodeHeight)) / 2;
  return {
    nodes: steps.map((step) => ({ x: offsetX + (step.x - left) * scaleX, y: offsetY + (step.y - top) * scaleY })),
    nodeWidth,
    nodeHeight,
  };
}
