import type { GraphThumbnail as Thumbnail } from '@pipewright/shared/http/graph-thumbnail.ts';
import { memo } from 'react';
import { countOf } from '../format/number.ts';
import { type PlacedNode, placeThumbnail } from './thumbnail-geometry.ts';
import classes from './graph.module.css';

interface GraphThumbnailProps {
  readonly thumbnail: Thumbnail;
  /** `card`: little nodes with their family's square; `mini`: coloured bars for a list's row. */
  readonly form?: 'card' | 'mini';
}

const cardBox = { width: 252, height: 104, nodeWidth: 44, nodeHeight: 14, scaleX: 0.2, scaleY: 0.17 } as const;
const miniBox = { width: 70, height: 36, nodeWidth: 12, nodeHeight: 4.4, scaleX: 0.056, scaleY: 0.056 } as const;

/** The drawing of a pipeline's graph for cards and lists. */
export const GraphThumbnail = memo(function GraphThumbnail({ thumbnail, form = 'card' }: GraphThumbnailProps) {
  const box = form === 'card' ? cardBox : miniBox;
  const placed = placeThumbnail(thumbnail, box);
  const size = { width: placed.nodeWidth, height: placed.nodeHeight };
  return (
    <svg
      className={classes.thumbnail}
      viewBox={`0 0 ${box.width} ${box.height}`}
      role="img"
      aria-label={`Graph with ${countOf(thumbnail.steps.length, 'step')}`}
    >
      {thumbnail.edges.map(([from, to]) => {
        const [source, target] = [placed.nodes[from], placed.nodes[to]];
        if (!source || !target) return null;
        const path = edgePath(source, target, size);
        return <path key={`${from}-${to}`} d={path} className={form === 'card' ? classes.thumbnailEdge : classes.miniEdge} />;
      })}
      {thumbnail.steps.map((step, index) => {
        const at = placed.nodes[index];
        if (!at) return null;
        return form === 'card' ? (
          <CardNode key={index} at={at} size={size} family={step.family} lineShare={0.4 + (index % 3) * 0.09} />
        ) : (
          <rect key={index} x={at.x} y={at.y} {...size} rx={1.6} className={classes.miniNode} data-family={step.family} />
        );
      })}
    </svg>
  );
});

interface CardNodeProps {
  readonly at: PlacedNode;
  readonly size: { readonly width: number; readonly height: number };
  readonly family: string;
  /** How long the line that stands for a title is, so that not all titles look the same. */
  readonly lineShare: number;
}

function CardNode({ at, size, family, lineShare }: CardNodeProps) {
  const square = Math.min(7, size.height * 0.5, size.width * 0.4);
  const inset = (size.height - square) / 2;
  const hasLine = size.width > 26;
  return (
    <g transform={`translate(${at.x} ${at.y})`} data-family={family}>
      <rect {...size} rx={Math.min(3.5, size.height / 4)} className={classes.thumbnailNode} />
      <rect x={inset} y={inset} width={square} height={square} rx={2} className={classes.thumbnailFamily} />
      {hasLine && (
        <rect x={square + inset * 2} y={size.height / 2 - 1.5} width={size.width * lineShare} height={3} rx={1.5} className={classes.thumbnailLine} />
      )}
    </g>
  );
}

function edgePath(source: PlacedNode, target: PlacedNode, size: { readonly width: number; readonly height: number }): string {
  const [x1, y1] = [source.x + size.width / 2, source.y + size.height];
  const [x2, y2] = [target.x + size.width / 2, target.y];
  const bend = Math.max(Math.abs(y2 - y1) / 2, 1);
  return `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
}
