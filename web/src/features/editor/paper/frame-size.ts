import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import type { FrameRoom, Group } from '@pipewright/shared/pipeline/layout.ts';
import type { StepNode } from '../../../canvas/flow-graph.ts';
import type { Box, Point } from '../../../canvas/geometry.ts';
import { frameAround, noRoom } from '../../../canvas/paper/frame-boxes.ts';
import type { FrameEdge } from '../../../canvas/paper/frame-edges.tsx';

/** A frame whose edge, or corner, was moved: never smaller than what fits its steps. */
export function resizedRoom(room: FrameRoom | undefined, edge: FrameEdge, by: Point): FrameRoom {
  const { left, top, right, bottom } = room ?? noRoom;
  return {
    left: edge.x === -1 ? Math.max(0, left - by.x) : left,
    top: edge.y === -1 ? Math.max(0, top - by.y) : top,
    right: edge.x === 1 ? Math.max(0, right + by.x) : right,
    bottom: edge.y === 1 ? Math.max(0, bottom + by.y) : bottom,
  };
}

/** Nothing is kept of a frame that fits its steps, and nothing is written of one that stays as large as it is. */
export function setRoom({ layout }: Pick<DraftContent, 'layout'>, group: string, room: FrameRoom): DraftOp[] {
  const before = layout.groups[group];
  if (!before || isSameRoom(before.room ?? noRoom, room)) return [];
  return [{ op: 'group.set', group, value: withRoom(before, room) }];
}

const isSameRoom = (a: FrameRoom, b: FrameRoom): boolean => a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom;

export function withRoom(group: Group, room: FrameRoom): Group {
  const next: Group = { ...group, room };
  if (Object.values(room).every((side) => side === 0)) delete next.room;
  return next;
}

/** What keeps a frame where it is when its steps come to stand elsewhere in it; where they stand further out, it grows. */
export function roomAround(box: Box, nodes: readonly StepNode[]): FrameRoom {
  const fit = frameAround(nodes);
  if (!fit) return noRoom;
  return {
    left: Math.max(0, fit.x - box.x),
    top: Math.max(0, fit.y - box.y),
    right: Math.max(0, box.x + box.width - fit.x - fit.width),
    bottom: Math.max(0, box.y + box.height - fit.y - fit.height),
  };
}
