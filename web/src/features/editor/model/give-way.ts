import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import type { Edge } from '@pipewright/shared/graph/edges-of.ts';
import { downstreamOf } from '@pipewright/shared/graph/reachable-from.ts';
import type { Position } from '@pipewright/shared/pipeline/layout.ts';
import { nodeGapX, nodeGapY, nodeHeight, nodeWidth, type Point, snapToGrid } from '../../../canvas/geometry.ts';
import { positionsOf } from '../../../canvas/positions-of.ts';

/** From the top of a step to the top of the next one below. */
const row = nodeHeight + nodeGapY;
const column = nodeWidth + nodeGapX;
/** Nearer than this two steps get in each other's way. */
const apart = { x: nodeWidth + 8, y: nodeHeight + 8 };

export interface Yielding {
  /** Where the step between comes to stand. */
  readonly place: Position;
  /** What moves so that it has room, and where to. */
  readonly moved: ReadonlyMap<string, Position>;
}

/** What an edge is between, as far as places go. */
interface Ends {
  readonly from: Pick<Edge['from'], 'step'>;
  readonly to: Pick<Edge['to'], 'step'>;
}

interface Wanted {
  /** The top left corner that somebody chose; null: in the middle. */
  readonly at: Point | null;
  /** The step itself where it stands already: it is in nobody's way. */
  readonly key?: string;
}

/**
 * Makes room for a step between the ends of an edge. What the edge leads to goes down, with all that reads it, by as much
 * as is needed and no more; whatever that would run into goes down along with it.
 */
export function giveWay(content: DraftContent, { from, to }: Ends, { at, key }: Wanted): Yielding {
  const positions = new Map(Object.entries(positionsOf(content)).filter(([other]) => other !== key));
  const [above, below] = [positions.get(from.step), positions.get(to.step)];
  if (!above || !below) return { place: snapToGrid(at ?? { x: 0, y: 0 }), moved: new Map() };
  const wanted = placeBetween(above, below, at);
  const down = snapToGrid({ x: 0, y: Math.max(0, wanted.y + row - below.y) }).y;
  // Where the edge leads upwards there is no below that could give way.
  const moved = down === 0 || below.y <= above.y ? new Map<string, Position>() : pushDown(content, { positions, first: to.step, by: down });
  const taken = [...positions].map(([other, place]) => moved.get(other) ?? place);
  return { place: freeBeside(taken, wanted), moved };
}

function placeBetween(above: Point, below: Point, at: Point | null): Position {
  const middle = { x: (above.x + below.x) / 2, y: (above.y + below.y) / 2 };
  const { x, y } = at ?? middle;
  return snapToGrid({ x, y: below.y > above.y ? Math.max(y, above.y + row) : y });
}

interface Push {
  readonly positions: ReadonlyMap<string, Point>;
  readonly first: string;
  readonly by: number;
}

function pushDown(content: DraftContent, { positions, first, by }: Push): Map<string, Position> {
  const moved = new Map<string, Position>();
  const move = (keys: Iterable<string>): void => {
    for (const key of keys) {
      const place = positions.get(key);
      if (place) moved.set(key, { x: place.x, y: place.y + by });
    }
  };
  move([first, ...downstreamOf(content.document, [first])]);
  for (let isPushing = true; isPushing;) {
    const hit = [...positions].filter(([key, place]) => !moved.has(key) && isRunInto(place, moved, positions)).map(([key]) => key);
    move([...hit, ...downstreamOf(content.document, hit)]);
    isPushing = hit.length > 0;
  }
  return moved;
}

/** Something that moves comes too near; what stood that near before is left as somebody put it. */
function isRunInto(place: Point, moved: ReadonlyMap<string, Point>, before: ReadonlyMap<string, Point>): boolean {
  return [...moved].some(([key, after]) => {
    const was = before.get(key);
    return areClose(after, place) && (!was || !areClose(was, place));
  });
}

const areClose = (a: Point, b: Point): boolean => Math.abs(a.x - b.x) < apart.x && Math.abs(a.y - b.y) < apart.y;

/** The nearest free place on the same height. */
function freeBeside(taken: readonly Point[], wanted: Position): Position {
  for (let ring = 0; ring <= 24; ring += 1) {
    for (const direction of [1, -1]) {
      const place = snapToGrid({ x: wanted.x + (direction * ring * column) / 3, y: wanted.y });
      if (taken.every((other) => !areClose(other, place))) return place;
    }
  }
  return wanted;
}
