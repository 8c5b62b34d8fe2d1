import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { bindingsIn } from '@pipewright/shared/expressions/binding.ts';
import { moves, placeUnplaced } from './add-step.ts';
import { giveWay } from './give-way.ts';

/** The same operations, with a place on the paper for each step that they add: between what it reads and what reads it, which gives way. */
export function placeFix(content: DraftContent, ops: readonly DraftOp[]): readonly DraftOp[] {
  const isPlaced = ops.every((op) => op.op !== 'step.add' || op.position !== undefined);
  if (isPlaced) return ops;
  const placed = ops.flatMap((op): DraftOp[] => {
    if (op.op !== 'step.add' || op.position !== undefined) return [op];
    const [from] = Object.values(op.value.inputs).flatMap(stepsIn);
    const reader = ops.find((other) => other.op === 'step.setInput' && stepsIn(other.value).includes(op.step));
    const to = reader?.op === 'step.setInput' ? reader.step : undefined;
    if (from === undefined || to === undefined) return [op];
    const { place, moved } = giveWay(content, { from: { step: from }, to: { step: to } }, { at: null });
    return [...moves(moved), { ...op, position: place }];
  });
  return [...placeUnplaced(content), ...placed];
}

/** The steps that a text reads. */
function stepsIn(value: unknown): string[] {
  if (typeof value !== 'string') return [];
  return bindingsIn(value).flatMap(({ binding }) => (binding?.source === 'step-output' ? [binding.step] : []));
}
