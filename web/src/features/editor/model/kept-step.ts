import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { type Reader, readersOf } from '@pipewright/shared/draft/readers-of.ts';
import type { Position } from '@pipewright/shared/pipeline/layout.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';

/** A step as it stood here before somebody else removed it, with what read it. */
export interface KeptStep {
  readonly key: string;
  readonly value: Step;
  readonly position?: Position | undefined;
  readonly readers: readonly Reader[];
}

/** Null where there was no such step. */
export function keepStep({ document, layout }: DraftContent, key: string): KeptStep | null {
  const value = Object.hasOwn(document.jobs, key) ? document.jobs[key] : undefined;
  if (!value) return null;
  const position = Object.hasOwn(layout.steps, key) ? layout.steps[key] : undefined;
  return { key, value, ...(position ? { position } : {}), readers: readersOf(document, new Set([key])) };
}

/** Brings it back as it stood, and what read it reads it again where nothing else is read there by now. Nothing where it is there again. */
export function bringBackStep({ document }: DraftContent, { key, value, position, readers }: KeptStep): DraftOp[] {
  if (Object.hasOwn(document.jobs, key)) return [];
  const unbound = readers.filter(({ step, input }) => document.jobs[step] !== undefined && document.jobs[step]?.inputs[input] === undefined);
  return [
    { op: 'step.add', step: key, value, ...(position ? { position } : {}) },
    ...unbound.map(({ step, input, value: read }): DraftOp => ({ op: 'step.setInput', step, input, value: read })),
  ];
}
