import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { unpackStep, type Unpacked } from '@pipewright/shared/draft/unpack-step.ts';
import { boxAround, nodeSize, type Point, snapToGrid } from '../../../canvas/geometry.ts';
import { makeRoom } from '../../../canvas/make-room.ts';
import { positionsOf } from '../../../canvas/positions-of.ts';
import { placeUnplaced } from '../model/add-step.ts';
import { placedContent } from './placed-content.ts';

export interface InnerPipeline {
  readonly inner: DraftContent;
  readonly prefix: string;
}

/** The steps of a sub-pipeline where its step stands; what stands around gives way. */
export function unpackInPlace(content: DraftContent, key: string, { inner, prefix }: InnerPipeline): Unpacked {
  const positions = positionsOf(content);
  const placedInner = placedContent(inner);
  const { steps, notes } = placedInner.layout;
  const box = boxAround([...Object.values(steps), ...Object.values(notes)]) ?? { x: 0, y: 0, ...nodeSize };
  const nodes = Object.entries(positions).map(([id, place]) => ({ id, ...place, ...nodeSize }));
  const size = { width: Math.max(box.width, nodeSize.width), height: Math.max(box.height, nodeSize.height) };
  const room = makeRoom(nodes, new Map([[key, size]]));
  const corner = movedBy(positions[key], room.get(key));
  const placed = placedContent(content);
  const unpacked = unpackStep(placed, {
    key,
    inner: placedInner,
    prefix,
    place: ({ x, y }) => snapToGrid({ x: corner.x + x - box.x, y: corner.y + y - box.y }),
  });
  if (!unpacked.ok) return unpacked;
  const moves = nodes.flatMap(({ id }): DraftOp[] => {
    const by = room.get(id);
    return by && id !== key ? [{ op: 'layout.move', step: id, to: movedBy(positions[id], by) }] : [];
  });
  return { ...unpacked, ops: [...placeUnplaced(content), ...moves, ...unpacked.ops] };
}

const movedBy = (place: Point = { x: 0, y: 0 }, by: Point = { x: 0, y: 0 }): Point => ({ x: place.x + by.x, y: place.y + by.y });
