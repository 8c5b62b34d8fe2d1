import { ViewportPortal } from '@xyflow/react';
import { memo, useMemo } from 'react';
import type { ControlLink } from './control-links.ts';
import type { FlowGraph } from './flow-graph.ts';
import { type Box, edgePath, nodeSize, type Point } from './geometry.ts';
import classes from './control-edges.module.css';

/** Room for the arrowhead above the node. */
const headLength = 7;
const straightWithin = 40;
const labelGap = 10;

/** Order, conditions, branches and loops between steps: thin and dashed, without ports, because no data goes along them. */
export function ControlEdges({ flow }: { readonly flow: FlowGraph }) {
  return flow.controls.length === 0 ? null : <Drawn flow={flow} />;
}

const Drawn = memo(function Drawn({ flow }: { readonly flow: FlowGraph }) {
  const places = useMemo(
    () => new Map<string, Box>(flow.nodes.map(({ id, position, measured }) => [id, { ...position, ...nodeSize, ...measured }])),
    [flow.nodes],
  );
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

/** On the line; left of one that leads straight down, where no label of a port stands. */
function labelPlace(start: Point, end: Point): { readonly x: number; readonly y: number; readonly textAnchor: 'middle' | 'end' } {
  const isStraight = Math.abs(start.x - end.x) < straightWithin;
  return { x: (start.x + end.x) / 2 - (isStraight ? labelGap : 0), y: (start.y + end.y) / 2, textAnchor: isStraight ? 'end' : 'middle' };
}

function ControlEdge({ link, from, to }: { readonly link: ControlLink; readonly from: Box; readonly to: Box }) {
  const start = { x: from.x + from.width / 2, y: from.y + from.height };
  const end = { x: to.x + to.width / 2, y: to.y - headLength };
  return (
    <g data-control-edge={`${link.from}->${link.to}`}>
      <path d={edgePath(start, end)} className={classes.line} markerEnd="url(#control-head)">
        <title>{link.text}</title>
      </path>
      {link.label !== '' && (
        <text {...labelPlace(start, end)} className={classes.label}>
          {link.label}
        </text>
      )}
    </g>
  );
}
