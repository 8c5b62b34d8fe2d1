import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { rewriteBindings } from '@pipewright/shared/expressions/binding.ts';
import type { StepInput } from '@pipewright/shared/pipeline/input-value.ts';
import { makeStepKey } from '@pipewright/shared/pipeline/make-step-key.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';

/** Old step key to new. */
export type Renames = ReadonlyMap<string, string>;

/** The same operations about steps that go by other keys now. */
export function rekeyOps(ops: readonly DraftOp[], renames: Renames): DraftOp[] {
  return renames.size === 0 ? [...ops] : ops.map((op) => rekeyOp(op, renames));
}

/**
 * My operations with other keys where a step that they add, or a name that they give, has been taken by somebody else
 * meanwhile: two people who add the same component at the same time get two steps.
 */
export function avoidCollisions(content: DraftContent, mine: readonly DraftOp[]): { readonly ops: DraftOp[]; readonly renames: Renames } {
  const taken: Record<string, unknown> = { ...content.document.jobs };
  const renames = new Map<string, string>();
  const ops = mine.map((op): DraftOp => {
    const rekeyed = rekeyOp(op, renames);
    if (rekeyed.op === 'step.remove') Reflect.deleteProperty(taken, rekeyed.step);
    if (rekeyed.op !== 'step.add' && rekeyed.op !== 'step.rename') return rekeyed;
    const wanted = rekeyed.op === 'step.add' ? rekeyed.step : rekeyed.to;
    const free = Object.hasOwn(taken, wanted) ? makeStepKey(wanted.replace(/_\d+$/, ''), taken) : wanted;
    if (rekeyed.op === 'step.rename') Reflect.deleteProperty(taken, rekeyed.step);
    taken[free] = true;
    if (free === wanted) return rekeyed;
    renames.set(wanted, free);
    return rekeyed.op === 'step.add' ? { ...rekeyed, step: free } : { ...rekeyed, to: free };
  });
  return { ops, renames };
}

/** What others renamed, so that my edits of those steps follow. */
export function renamesIn(ops: readonly DraftOp[]): Renames {
  const renames = new Map<string, string>();
  /** Steps that they added are none of those that my edits speak of, whatever they are called. */
  const theirs = new Set<string>();
  for (const op of ops) {
    if (op.op === 'step.add') theirs.add(op.step);
    if (op.op !== 'step.rename') continue;
    if (theirs.delete(op.step)) {
      theirs.add(op.to);
      continue;
    }
    for (const [from, to] of renames) if (to === op.step) renames.set(from, op.to);
    renames.set(op.step, op.to);
  }
  return renames;
}

function rekeyOp(op: DraftOp, renames: Renames): DraftOp {
  const now = (step: string): string => renames.get(step) ?? step;
  switch (op.op) {
    case 'step.add':
      // The key it is added under is its own; only what it reads may have moved.
      return { ...op, value: rekeyStep(op.value, renames) };
    case 'step.setInput':
      return op.value === undefined ? { ...op, step: now(op.step) } : { ...op, step: now(op.step), value: rekeyInput(op.value, renames) };
    case 'step.remove':
    case 'step.rename':
    case 'step.setOutput':
    case 'step.setField':
    case 'component.upgrade':
    case 'layout.move':
      return { ...op, step: now(op.step) };
    case 'group.set':
      return op.value === undefined ? op : { ...op, value: { ...op.value, steps: op.value.steps.map(now) } };
    case 'pipeline.setInput':
    case 'pipeline.setOutput':
    case 'pipeline.movePort':
    case 'pipeline.setSettings':
    case 'pipeline.setMeta':
    case 'note.set':
    case 'text.set':
    case 'text.splice':
      return op;
    default:
      return assertNever(op);
  }
}

function rekeyStep(step: Step, renames: Renames): Step {
  const inputs = Object.entries(step.inputs).map(([name, value]): [string, StepInput] => [name, rekeyInput(value, renames)]);
  return { ...step, inputs: Object.fromEntries(inputs) };
}

function rekeyInput(value: StepInput, renames: Renames): StepInput {
  const rewrite = (text: string): string =>
    rewriteBindings(text, (binding) => {
      const to = 'step' in binding ? renames.get(binding.step) : undefined;
      return to !== undefined && 'step' in binding ? { ...binding, step: to } : binding;
    });
  if (typeof value === 'string') return rewrite(value);
  return value !== null && typeof value === 'object' ? { ...value, path: rewrite(value.path) } : value;
}
