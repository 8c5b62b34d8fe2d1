import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { adjacencyOf } from '@pipewright/shared/graph/adjacency.ts';
import type { Position } from '@pipewright/shared/pipeline/layout.ts';
import { positionsOf } from './positions-of.ts';

export type Direction = 'up' | 'down' | 'left' | 'right';

const directions: Readonly<Record<string, Direction>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' };

export const directionOfKey = (key: string): Direction | null => directions[key] ?? null;

interface Walk {
  readonly from: string | null;
  readonly direction: Direction;
}

/**
 * Where an arrow key leads: up and down along edges, to the neighbour that stands nearest; left and right to the next
 * step of about the same height. Where no edge leads on, the nearest step in that direction. Null: nowhere.
 */
export function neighbourOf(content: DraftContent, { from, direction }: Walk): string | null {
  const positions = positionsOf(content);
  const keys = Object.keys(content.document.jobs);
  if (from === null || !Object.hasOwn(content.document.jobs, from)) return firstOf(keys, positions);
  const here = positions[from];
  if (!here) return null;
  if (direction === 'up' || direction === 'down') {
    const { above, below } = adjacencyOf(content.document);
    const connected = (direction === 'up' ? above : below).get(from) ?? [];
    const along = nearest(connected, { positions, here, weight: { x: 1, y: 0.2 } });
    if (along !== null) return along;
  }
  const ahead = keys.filter((key) => key !== from && isAhead(here, positions[key], direction));
  const isSideways = direction === 'left' || direction === 'right';
  return nearest(ahead, { positions, here, weight: isSideways ? { x: 1, y: 4 } : { x: 4, y: 1 } });
}

function firstOf(keys: readonly string[], positions: Readonly<Record<string, Position>>): string | null {
  const sorted = keys.toSorted((a, b) => {
    const [at, bt] = [positions[a] ?? origin, positions[b] ?? origin];
    return at.y - bt.y || at.x - bt.x;
  });
  return sorted[0] ?? null;
}

const origin: Position = { x: 0, y: 0 };

function isAhead(here: Position, there: Position | undefined, direction: Direction): boolean {
  if (!there) return false;
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
  readonly positions: Readonly<Record<string, Position>>;
  readonly here: Position;
  readonly weight: { readonly x: number; readonly y: number };
}

function nearest(keys: readonly string[], { positions, here, weight }: Search): string | null {
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const key of keys) {
    const there = positions[key];
    if (!there) continue;
    const distance = Math.abs(there.x - here.x) * weight.x + Math.abs(there.y - here.y) * weight.y;
    if (distance >= bestDistance) continue;
    best = key;
    bestDistance = distance;
  }
  return best;
}
