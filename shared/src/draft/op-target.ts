import { assertNever } from '../assert-never.ts';
import type { DraftOp } from './draft-op.ts';

/** The place that an operation writes to, as text: two operations on the same place overwrite each other. */
export function targetOf(op: DraftOp): string {
  switch (op.op) {
    case 'step.add':
    case 'step.remove':
      return `step ${op.step}`;
    case 'step.rename':
      return `name ${op.step}`;
    case 'step.setInput':
      return `step ${op.step} input ${op.input}`;
    case 'step.setOutput':
      return `step ${op.step} output ${op.output}`;
    case 'step.setField':
      return `step ${op.step} field ${op.field}`;
    case 'component.upgrade':
      return `step ${op.step} field component`;
    case 'pipeline.setInput':
      return `input ${op.input}`;
    case 'pipeline.setOutput':
      return `output ${op.output}`;
    case 'pipeline.movePort':
      return `order of ${op.side} ${op.name}`;
    case 'pipeline.setSettings':
      return `setting ${op.field}`;
    case 'pipeline.setMeta':
      return `meta ${op.field}`;
    case 'layout.move':
      return `position ${op.step}`;
    case 'note.set':
      return `note ${op.note}`;
    case 'group.set':
      return `group ${op.group}`;
    case 'text.set':
    case 'text.splice':
      return 'text';
    default:
      return assertNever(op);
  }
}

const setters: ReadonlySet<DraftOp['op']> = new Set([
  'step.setInput',
  'step.setOutput',
  'step.setField',
  'component.upgrade',
  'pipeline.setInput',
  'pipeline.setOutput',
  'pipeline.setSettings',
  'pipeline.setMeta',
  'layout.move',
  'note.set',
  'group.set',
  'text.set',
]);

/** It only puts a value where another stood, so that of several on one place the last one is enough. */
export const isSetter = (op: DraftOp): boolean => setters.has(op.op);
