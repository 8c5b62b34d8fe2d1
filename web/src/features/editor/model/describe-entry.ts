import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';

/** What an entry of the history was about: the step by its title, `3 steps`, or empty for the pipeline as a whole. */
export function subjectOf(ops: readonly DraftOp[], titleOf: (step: string) => string): string {
  // What reads a step that is removed is unbound on the way: it is about the one that goes.
  const comings = ops.filter(({ op }) => op === 'step.add' || op === 'step.remove');
  const steps = new Set((comings.length > 0 ? comings : ops).flatMap((op) => ('step' in op ? [op.op === 'step.rename' ? op.to : op.step] : [])));
  const [only] = steps;
  if (only === undefined) return '';
  return steps.size === 1 ? titleOf(only) : `${steps.size} steps`;
}
