import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';

/** An input or an output of the pipeline. */
export interface PipelinePort {
  readonly side: 'inputs' | 'outputs';
  readonly name: string;
}

/** One place up or down among its fellows; null at the end of them. */
export function shiftPort(document: Pipeline, { side, name }: PipelinePort, by: 'up' | 'down'): DraftOp | null {
  const names = Object.keys(document[side]);
  const at = names.indexOf(name);
  const isLast = by === 'up' ? at <= 0 : at < 0 || at === names.length - 1;
  if (isLast) return null;
  const before = names[by === 'up' ? at - 1 : at + 2];
  return { op: 'pipeline.movePort', side, name, ...(before === undefined ? {} : { before }) };
}

export const portNoun = ({ side }: PipelinePort): 'input' | 'output' => (side === 'inputs' ? 'input' : 'output');
