import type { FlowGraph, StepEdge, StepNode } from './flow-graph.ts';
import { edgeReach, type Point } from './geometry.ts';

/** From the centre of one port to the centre of another. */
export interface Line {
  readonly from: Point;
  readonly to: Point;
}

/** An edge as it lies on the paper. */
export interface EdgeLine extends Line {
  readonly edge: StepEdge;
}

type Drawing = Pick<FlowGraph, 'nodes' | 'edges'>;

/** While something is held over the paper, the drawing stays the same one. */
const known = new WeakMap<Drawing, readonly EdgeLine[]>();

export function edgeLines(flow: Drawing): readonly EdgeLine[] {
  const lines = known.get(flow) ?? layLines(flow);
  known.set(flow, lines);
  return lines;
}

function layLines({ nodes, edges }: Drawing): EdgeLine[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return edges.flatMap((edge): EdgeLine[] => {
    const ends = edgeEnds(edge, byId.get(edge.source), byId.get(edge.target));
    return ends ? [{ edge, ...ends }] : [];
  });
}

/** Null where a step or its port is not drawn. */
export function edgeEnds(edge: StepEdge, source: StepNode | undefined, target: StepNode | undefined): Line | null {
  const [from, to] = [portCentre(source, edge.sourceHandle), portCentre(target, edge.targetHandle)];
  return from && to ? { from, to } : null;
}

function portCentre(node: StepNode | undefined, handle: string | null | undefined): Point | null {
  const found = node?.handles?.find(({ id }) => id === handle);
  if (!node || !found) return null;
  const { width = 0, height = 0 } = found;
  return { x: node.position.x + found.x + width / 2, y: node.position.y + found.y + height / 2 };
}

const pieces = 16;

/** The edge that passes nearest to a point, no further away than `within`; null: none does. */
export function edgeNear<L extends Line>(lines: readonly L[], point: Point, within: number): L | null {
  let best: L | null = null;
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
function isInReach({ from, to }: Line, { x, y }: Point, within: number): boolean {
  const reach = edgeReach(from, to);
  if (x < Math.min(from.x, to.x) - within || x > Math.max(from.x, to.x) + within) return false;
  return y >= Math.min(from.y, to.y - reach) - within && y <= Math.max(to.y, from.y + reach) + within;
}

function distanceTo({ from, to }: Line, point: Point): number {
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
