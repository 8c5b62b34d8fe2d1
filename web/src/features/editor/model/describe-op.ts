import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { fieldName, valueText } from '../../../canvas/compare/difference-words.ts';

/** The step that an operation is about; null for the pipeline. */
export const stepOfOp = (op: DraftOp): string | null => ('step' in op ? op.step : null);

/** What of it an operation changes, as people call it. */
export function fieldOfOp(op: DraftOp): string {
  switch (op.op) {
    case 'step.add':
    case 'step.remove':
      return 'the step itself';
    case 'step.rename':
      return 'its key';
    case 'step.setInput':
      return fieldName(['inputs', op.input]);
    case 'step.setOutput':
      return fieldName(['outputs', op.output]);
    case 'step.setField':
    case 'pipeline.setMeta':
    case 'pipeline.setSettings':
      return fieldName([op.field]);
    case 'component.upgrade':
      return 'component';
    case 'pipeline.setInput':
      return `input ${op.input}`;
    case 'pipeline.setOutput':
      return `output ${op.output}`;
    case 'pipeline.movePort':
      return `the place of ${op.side === 'inputs' ? 'input' : 'output'} ${op.name}`;
    case 'layout.move':
      return 'its place';
    case 'note.set':
      return 'a note';
    case 'group.set':
      return 'a group';
    case 'text.set':
    case 'text.splice':
      return 'the text';
    default:
      return assertNever(op);
  }
}

/** What it puts there, in one line or several. */
export function valueOfOp(op: DraftOp): string {
  switch (op.op) {
    case 'step.remove':
      return 'removed';
    case 'step.add':
      return 'added';
    case 'step.rename':
      return op.to;
    case 'component.upgrade':
      return op.component;
    case 'pipeline.movePort':
      return op.before === undefined ? 'at the end' : `before ${op.before}`;
    case 'layout.move':
      return op.to ? `${op.to.x}, ${op.to.y}` : 'not set';
    case 'text.splice':
      return op.inserted;
    default:
      return op.value === undefined ? 'not set' : valueText(op.value);
  }
}
