import { useStore } from '@xyflow/react';
import { memo, useMemo } from 'react';
import { createPortal } from 'react-dom';
import { useDetailLevel } from './detail-level.tsx';
import { edgeEnds } from './edge-lines.ts';
import type { FlowGraph, StepEdge, StepNode } from './flow-graph.ts';
import { edgeMiddle, edgePath } from './geometry.ts';
import { EdgeSign } from './step-edge-view.tsx';
import { useEdgeLook } from './use-edge-look.ts';
import classes from './step-edge.module.css';

/**
 * The edges as they are seen from afar: paths of one drawing, where React Flow would give each a drawing of its own that
 * listens to every move of the canvas. They take no pointer; a press on the paper finds the nearest (`use-far-press.ts`).
 */
export const FarEdges = memo(function FarEdges({ flow }: { readonly flow: FlowGraph }) {
  // Among React Flow's own, so that each lies under the nodes of its depth.
  const domNode = useStore((state) => state.domNode);
  const level = useDetailLevel();
  const container = useMemo(() => domNode?.querySelector('.react-flow__edges'), [domNode]);
  const nodes = useMemo(() => new Map(flow.nodes.map((node) => [node.id, node])), [flow.nodes]);
  const byDepth = useMemo(() => [...Map.groupBy(flow.edges, ({ zIndex = 0 }) => zIndex)], [flow.edges]);
  if (!container) return null;
  return createPortal(
    byDepth.map(([zIndex, edges]) => (
      <svg key={zIndex} className={classes.far} data-level={level} style={{ zIndex }}>
        {edges.map((edge) => (edge.selected ? null : <FarEdge key={edge.id} edge={edge} source={nodes.get(edge.source)} target={nodes.get(edge.target)} />))}
      </svg>
    )),
    container,
  );
});

interface FarEdgeProps {
  readonly edge: StepEdge;
  readonly source: StepNode | undefined;
  readonly target: StepNode | undefined;
}

const FarEdge = memo(
  function FarEdge({ edge, source, target }: FarEdgeProps) {
    const look = useEdgeLook(edge);
    const ends = edgeEnds(edge, source, target);
    if (!ends) return null;
    const isMarked = look === 'broken' || look === 'added' || look === 'removed';
    return (
      <>
        <path d={edgePath(ends.from, ends.to)} data-edge={edge.id} data-look={look} role="img" aria-label={edge.ariaLabel} />
        {isMarked && <EdgeSign look={look} at={edgeMiddle(ends.from, ends.to)} />}
      </>
    );
  },
  (before, after) => before.edge === after.edge && standsAlike(before.source, after.source) && standsAlike(before.target, after.target),
);

/** A node that is only selected is another object, at the same place with the same ports. */
function standsAlike(a: StepNode | undefined, b: StepNode | undefined): boolean {
  return a === b || (a?.handles === b?.handles && a?.position.x === b?.position.x && a?.position.y === b?.position.y);
}
