import type { FrameRoom, Layout } from '@pipewright/shared/pipeline/layout.ts';
import type { StepNode } from '../../../canvas/flow-graph.ts';
import { type Box, nodeSize } from '../../../canvas/geometry.ts';
import { isWithin } from '../../../canvas/paper/frame-boxes.ts';

/** As near as this to a step, a note speaks of it. */
const near = 64;
/** No more room than this is made for one on a side. */
const mostRoom = 480;

export interface NotesBeside {
  /** The node that each note goes with, by the note's id. */
  readonly nodeOf: ReadonlyMap<string, string>;
  /** What the nodes need for their notes. */
  readonly room: ReadonlyMap<string, FrameRoom>;
}

/** Notes go with the step that they stand beside, or with the frame that they lie in; the others stay where they are. */
export function notesBeside(
  notes: Layout['notes'],
  nodes: readonly StepNode[],
  frames: ReadonlyMap<string, { readonly box: Box; readonly steps: readonly string[] }>,
): NotesBeside {
  const nodeOf = new Map<string, string>();
  const room = new Map<string, FrameRoom>();
  const boxes = nodes.map((node): readonly [string, Box] => [node.id, { ...node.position, ...nodeSize }]);
  for (const [id, note] of Object.entries(notes)) {
    const nearest = nearestTo(note, boxes);
    if (nearest && nearest.gap <= near) {
      nodeOf.set(id, nearest.id);
      room.set(nearest.id, widen(room.get(nearest.id) ?? none, nearest.box, note));
      continue;
    }
    const frame = [...frames.values()].find(({ box }) => isWithin(note, box));
    const inFrame =
      frame &&
      nearestTo(
        note,
        boxes.filter(([key]) => frame.steps.includes(key)),
      );
    if (inFrame) nodeOf.set(id, inFrame.id);
  }
  return { nodeOf, room };
}

const none: FrameRoom = { left: 0, top: 0, right: 0, bottom: 0 };

function nearestTo(note: Box, boxes: readonly (readonly [string, Box])[]): { readonly id: string; readonly box: Box; readonly gap: number } | null {
  let best: { id: string; box: Box; gap: number } | null = null;
  for (const [id, box] of boxes) {
    const dx = Math.max(0, box.x - note.x - note.width, note.x - box.x - box.width);
    const dy = Math.max(0, box.y - note.y - note.height, note.y - box.y - box.height);
    const gap = Math.hypot(dx, dy);
    if (best === null || gap < best.gap) best = { id, box, gap };
  }
  return best;
}

function widen(room: FrameRoom, box: Box, note: Box): FrameRoom {
  const atLeast = (before: number, wanted: number): number => Math.min(mostRoom, Math.max(before, wanted));
  return {
    left: atLeast(room.left, box.x - note.x),
    top: atLeast(room.top, box.y - note.y),
    right: atLeast(room.right, note.x + note.width - box.x - box.width),
    bottom: atLeast(room.bottom, note.y + note.height - box.y - box.height),
  };
}
