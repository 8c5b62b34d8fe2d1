import { ViewportPortal } from '@xyflow/react';
import { memo, useMemo } from 'react';
import type { ControlLink, FlowGraph } from './flow-graph.ts';
import { edgePath, nodeHeight, nodeWidth, type Point } from './geometry.ts';
import classes from './control-edges.module.css';

/** Room for the arrowhead above the node. */
const headLength = 7;

/** Order and conditions between steps: thin and dashed, without ports, because no data goes along them. */
export const ControlEdges = memo(function ControlEdges({ flow }: { readonly flow: FlowGraph }) {
  const places = useMemo(() => new Map<string, Point>(flow.nodes.map(({ id, position }) => [id, position])), [flow.nodes]);
  if (flow.controls.length === 0) return null;
  return (
    <ViewportPortal>
      <svg className={classes.layer}>
        <defs>
          <marker id="control-head" viewBox="0 0 8 8" refX="1" refY="4" markerWidth="8" markerHeight="8" orient="auto">
            <path d="M1 1 7 4 1 7z" className={classes.head} />
          </marker>
        </defs>
        {flow.controls.map((link) => {
          const [from, to] = [places.get(link.from), places.get(link.to)];
          return from && to ? <ControlEdge key={`${link.from}->${link.to}`} link={link} from={from} to={to} /> : null;
        })}
      </svg>
    </ViewportPortal>
  );
});

function ControlEdge({ link, from, to }: { readonly link: ControlLink; readonly from: Point; readonly to: Point }) {
  const start = { x: from.x + nodeWidth / 2, y: from.y + nodeHeight };
  const end = { x: to.x + nodeWidth / 2, y: to.y - headLength };
  return (
    <g data-control-edge={`${link.from}->${link.to}`}>
      <path d={edgePath(start, end)} className={classes.line} markerEnd="url(#control-head)">
        <title>{link.text}</title>
      </path>
    </g>
  );
}
