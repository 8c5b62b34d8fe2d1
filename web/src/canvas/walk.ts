import type { FlowGraph, StepNode } from './flow-graph.ts';
import { nodeSize, type Point } from './geometry.ts';

export type Direction = 'up' | 'down' | 'left' | 'right';

const directions: Readonly<Record<string, Direction>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' };

export const directionOfKey = (key: string): Direction | null => directions[key] ?? null;

interface Walk {
  readonly from: string | null;
  readonly direction: Direction;
}

/**
 * Where an arrow key leads: up and down along edges, to the neighbour that stands nearest; left and right to the next
 * step of about the same height. Where no edge leads on, the nearest step in that direction. From the frame of a pipeline
 * it goes down into it, and from its last steps on to what reads them. Null: nowhere.
 */
export function neighbourOf(flow: Pick<FlowGraph, 'nodes' | 'edges' | 'controls'>, { from, direction }: Walk): string | null {
  const places = new Map(flow.nodes.map((node) => [node.id, placeOf(node)]));
  const here = from === null ? undefined : places.get(from);
  if (from === null || !here) return firstOf(places);
  if (direction === 'up' || direction === 'down') {
    const along = nearest(connectedTo(flow, from, direction), { places, here, weight: { x: 1, y: 0.2 } });
    if (along !== null) return along;
  }
  // What one is in, and what is in one, lies neither beside it nor above it.
  const isBeside = (key: string): boolean => key !== from && !key.startsWith(`${from}/`) && !from.startsWith(`${key}/`);
  const ahead = [...places].filter(([key, place]) => isBeside(key) && isAhead(here, place, direction)).map(([key]) => key);
  const isSideways = direction === 'left' || direction === 'right';
  return nearest(ahead, { places, here, weight: isSideways ? { x: 1, y: 4 } : { x: 4, y: 1 } });
}

const placeOf = ({ position, measured }: StepNode): Point => ({ x: position.x + (measured?.width ?? nodeSize.width) / 2, y: position.y });

function connectedTo(flow: Pick<FlowGraph, 'edges' | 'controls'>, from: string, direction: 'up' | 'down'): string[] {
  const controls = flow.controls.flatMap((link) => (direction === 'up' ? (link.to === from ? [link.from] : []) : link.from === from ? [link.to] : []));
  if (direction === 'up')
    return [...controls, ...flow.edges.flatMap(({ source, target, data }) => (target === from && data?.passes !== 'out' ? [source] : []))];
  const below = flow.edges.flatMap(({ source, target, data }) => {
    if (source !== from) return [];
    return data?.passes === 'out' ? leaving(flow, target) : [target];
  });
  return [...controls, ...below];
}

/** What reads the outputs of a pipeline, further out if they are those of the one around it. */
function leaving(flow: Pick<FlowGraph, 'edges'>, frame: string): string[] {
  return flow.edges.flatMap(({ source, target, data }) => {
    if (source !== frame || data?.passes === 'in') return [];
    return data?.passes === 'out' ? leaving(flow, target) : [target];
  });
}

function firstOf(places: ReadonlyMap<string, Point>): string | null {
  const sorted = [...places].toSorted(([, a], [, b]) => a.y - b.y || a.x - b.x);
  return sorted[0]?.[0] ?? null;
}

function isAhead(here: Point, there: Point, direction: Direction): boolean {
  switch (direction) {
    case 'up':
      return there.y < here.y;
    case 'down':
      return there.y > here.y;
    case 'left':
      return there.x < here.x;
    case 'right':
      return there.x > here.x;
  }
}

interface Search {
  readonly places: ReadonlyMap<string, Point>;
  readonly here: Point;
  readonly weight: Point;
}

function nearest(keys: readonly string[], { places, here, weight }: Search): string | null {
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const key of keys) {
    const there = places.get(key);
    if (!there) continue;
    const distance = Math.abs(there.x - here.x) * weight.x + Math.abs(there.y - here.y) * weight.y;
    if (distance >= bestDistance) continue;
    best = key;
    bestDistance = distance;
  }
  return best;
}
