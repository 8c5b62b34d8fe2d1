import type { Edge } from '@pipewright/shared/graph/edges-of.ts';
import type { FlowGraph } from '../../../canvas/flow-graph.ts';
import { edgeReach, type Point, type PortSide } from '../../../canvas/geometry.ts';
import { slotsOf } from '../../../canvas/port-slots.ts';

/** An edge as it is drawn. */
export interface EdgeLine {
  readonly edge: Edge;
  readonly from: Point;
  readonly to: Point;
}

/** The edges of the document as they lie on the paper; those of unfolded pipelines are not for us to change. */
export function edgeLines(flow: Drawing): readonly EdgeLine[] {
  const lines = known.get(flow) ?? layLines(flow);
  known.set(flow, lines);
  return lines;
}

type Drawing = Pick<FlowGraph, 'nodes' | 'edges'>;

/** While something is held over the paper, the drawing stays the same one. */
const known = new WeakMap<Drawing, readonly EdgeLine[]>();

function layLines({ nodes, edges }: Drawing): EdgeLine[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const placeOf = (step: string, side: PortSide, handle: string | null | undefined): Point | null => {
    const node = byId.get(step);
    const slot = node && slotsOf(node.data.view, side, node.data.frame).find(({ id }) => id === handle);
    return node && slot ? { x: node.position.x + slot.point.x, y: node.position.y + slot.point.y } : null;
  };
  return edges.flatMap(({ source, sourceHandle, target, targetHandle, data }): EdgeLine[] => {
    const [from, to] = [placeOf(source, 'outputs', sourceHandle), placeOf(target, 'inputs', targetHandle)];
    return data?.edge && !data.isBroken && from && to ? [{ edge: data.edge, from, to }] : [];
  });
}

const pieces = 16;

/** The edge that passes nearest to a point, no further away than `within`; null: none does. */
export function edgeNear(lines: readonly EdgeLine[], point: Point, within: number): EdgeLine | null {
  let best: EdgeLine | null = null;
  let nearest = within;
  for (const line of lines) {
    if (!isInReach(line, point, nearest)) continue;
    const distance = distanceTo(line, point);
    if (distance > nearest) continue;
    best = line;
    nearest = distance;
  }
  return best;
}

/** Most edges are far away, which costs two comparisons. */
function isInReach({ from, to }: EdgeLine, { x, y }: Point, within: number): boolean {
  const reach = edgeReach(from, to);
  if (x < Math.min(from.x, to.x) - within || x > Math.max(from.x, to.x) + within) return false;
  return y >= Math.min(from.y, to.y - reach) - within && y <= Math.max(to.y, from.y + reach) + within;
}

function distanceTo({ from, to }: EdgeLine, point: Point): number {
  const reach = edgeReach(from, to);
  let before = from;
  let nearest = Number.POSITIVE_INFINITY;
  for (let piece = 1; piece <= pieces; piece += 1) {
    const t = piece / pieces;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
    const here = { x: (a + b) * from.x + (c + d) * to.x, y: a * from.y + b * (from.y + reach) + c * (to.y - reach) + d * to.y };
    nearest = Math.min(nearest, distanceToPiece(before, here, point));
    before = here;
  }
  return nearest;
}

function distanceToPiece(a: Point, b: Point, { x, y }: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / length));
  return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
}
