import type { Step } from '../pipeline/step.ts';
import { mapsOfStep } from './check-op.ts';
import type { DraftOp } from './draft-op.ts';
import { differences, fieldDifferences, put } from './map-differences.ts';

/** The operations that make one step of another under the same key. */
export function stepChanges(step: string, before: Step, after: Step): DraftOp[] {
  if (before === after) return [];
  return [
    ...differences(before.inputs, after.inputs).map(([input, value]): DraftOp => ({ op: 'step.setInput', step, input, ...put(value) })),
    ...differences(before.outputs, after.outputs).map(([output, value]): DraftOp => ({ op: 'step.setOutput', step, output, ...put(value) })),
    ...fieldDifferences(before, after, mapsOfStep).map(([field, value]): DraftOp => ({ op: 'step.setField', step, field, ...put(value) })),
  ];
}
