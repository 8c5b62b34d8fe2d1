import { type Box, gridSize, type Point, type Size } from './geometry.ts';

/** A node where it stands when nothing is unfolded. */
export interface Standing extends Box {
  readonly id: string;
}

/** By how much each node has to give way, by its id; one that stays where it is is left out. */
export type Room = ReadonlyMap<string, Point>;

/**
 * Makes room around nodes that become as large as their frames: what stands left and right of one goes half of the
 * difference aside, what stands below it goes down by all of it, and the frame stays centred where its node was. Nodes
 * only ever move apart, so that nothing that did not overlap before does afterwards.
 */
export function makeRoom(nodes: readonly Standing[], frames: ReadonlyMap<string, Size>): Room {
  const boxes = nodes.map((node) => ({ ...node }));
  const growing = boxes.filter(({ id }) => frames.has(id)).toSorted((a, b) => a.y - b.y || a.x - b.x);
  for (const frame of growing) {
    const size = frames.get(frame.id);
    if (!size) continue;
    const aside = onGrid((size.width - frame.width) / 2);
    const down = onGrid(size.height - frame.height);
    for (const box of boxes) {
      if (box === frame) continue;
      if (box.x >= frame.x + frame.width) box.x += aside;
      else if (box.x + box.width <= frame.x) box.x -= aside;
      if (box.y >= frame.y + frame.height) box.y += down;
    }
    Object.assign(frame, { x: frame.x - aside, ...size });
  }
  return new Map(
    boxes.flatMap((box, index): [string, Point][] => {
      const before = nodes[index];
      const by = before ? { x: box.x - before.x, y: box.y - before.y } : { x: 0, y: 0 };
      return by.x === 0 && by.y === 0 ? [] : [[box.id, by]];
    }),
  );
}

/** Upwards, so that what stands on the grid stays on it and nothing comes too near. */
const onGrid = (length: number): number => Math.ceil(length / gridSize) * gridSize;
