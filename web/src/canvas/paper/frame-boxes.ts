import type { FrameRoom, Layout } from '@pipewright/shared/pipeline/layout.ts';
import type { StepNode } from '../flow-graph.ts';
import { type Box, boxAround, nodeSize } from '../geometry.ts';

/** Beside and below the steps of a frame. */
export const framePadding = 24;
/** Over them, its head among it: less than lies between two steps that were tidied, so that a frame around one does not reach the one above. */
export const frameTop = 38;

/** A group without a name. */
export const titleOfGroup = ({ title }: Pick<Layout['groups'][string], 'title'>): string => (title.trim() === '' ? 'Group' : title);

/** The box of each group around its steps, where they are drawn; one without any step in the drawing has none. */
export function frameBoxes(groups: Layout['groups'], nodes: readonly StepNode[]): ReadonlyMap<string, Box> {
  const entries = Object.entries(groups);
  if (entries.length === 0) return new Map();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return new Map(
    entries.flatMap(([id, { steps, room }]): [string, Box][] => {
      const box = frameAround(
        steps.flatMap((step) => byId.get(step) ?? []),
        room,
      );
      return box === null ? [] : [[id, box]];
    }),
  );
}

export const noRoom: FrameRoom = { left: 0, top: 0, right: 0, bottom: 0 };

export function frameAround(nodes: readonly StepNode[], { left, top, right, bottom }: FrameRoom = noRoom): Box | null {
  const box = boxAround(nodes.map(({ position, measured }) => ({ ...position, ...nodeSize, ...measured })));
  if (box === null) return null;
  return {
    x: box.x - framePadding - left,
    y: box.y - frameTop - top,
    width: box.width + 2 * framePadding + left + right,
    height: box.height + frameTop + framePadding + top + bottom,
  };
}

export const isInBox = ({ x, y }: { readonly x: number; readonly y: number }, box: Box, margin = 0): boolean =>
  x >= box.x - margin && x <= box.x + box.width + margin && y >= box.y - margin && y <= box.y + box.height + margin;

/** The whole of it. */
export const isWithin = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height;

export const overlaps = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
