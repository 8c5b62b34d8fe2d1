import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import type { Position } from '@pipewright/shared/pipeline/layout.ts';
import { gridSize } from '../../../canvas/geometry.ts';
import type { Direction } from '../../../canvas/walk.ts';
import { placeUnplaced } from './add-step.ts';

/** Puts steps at places; those that have none yet are kept where they are seen. */
export function moveSteps(content: DraftContent, to: ReadonlyMap<string, Position>): DraftOp[] {
  const others = placeUnplaced(content).filter((op) => op.op !== 'layout.move' || !to.has(op.step));
  return [...others, ...[...to].map(([step, place]): DraftOp => ({ op: 'layout.move', step, to: place }))];
}

/** One square of the paper. */
export const nudgeBy = {
  up: { x: 0, y: -gridSize },
  down: { x: 0, y: gridSize },
  left: { x: -gridSize, y: 0 },
  right: { x: gridSize, y: 0 },
} as const satisfies Record<Direction, Position>;
