import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { layeredPositions } from '@pipewright/shared/graph/layered-positions.ts';
import type { Position } from '@pipewright/shared/pipeline/layout.ts';
import { boxAround, nodeGapY } from './geometry.ts';

/**
 * Where every step stands. Steps without a stored place get one that follows from the graph, below those that have
 * theirs; it is stored with the next move, because opening a draft must not change it.
 */
export function positionsOf({ document, layout }: DraftContent): Readonly<Record<string, Position>> {
  const missing = Object.keys(document.jobs).filter((key) => !Object.hasOwn(layout.steps, key));
  if (missing.length === 0) return layout.steps;
  const layered = layeredPositions(document);
  const placed = boxAround(Object.keys(document.jobs).flatMap((key) => layout.steps[key] ?? []));
  const offset = placed ? { x: placed.x, y: placed.y + placed.height + nodeGapY } : { x: 0, y: 0 };
  const found = missing.map((key): [string, Position] => {
    const { x, y } = layered[key] ?? { x: 0, y: 0 };
    return [key, { x: x + offset.x, y: y + offset.y }];
  });
  return { ...layout.steps, ...Object.fromEntries(found) };
}
