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

/** To before another one, or (null) to the end; null where it is there already. */
export function movePortBefore(document: Pipeline, { side, name }: PipelinePort, before: string | null): DraftOp | null {
  const names = Object.keys(document[side]);
  const at = names.indexOf(name);
  if (at < 0 || before === name || (names[at + 1] ?? null) === before) return null;
  return { op: 'pipeline.movePort', side, name, ...(before === null ? {} : { before }) };
}

export const portNoun = ({ side }: PipelinePort): 'input' | 'output' => (side === 'inputs' ? 'input' : 'output');
