import type { Condition } from '@pipewright/shared/conditions/condition.ts';
import { parseCondition } from '@pipewright/shared/conditions/parse-condition.ts';
import type { Binding } from '@pipewright/shared/expressions/binding.ts';
import type { ResolvedControl, RunSnapshot, ScopedCondition } from '@pipewright/shared/run/run-snapshot.ts';

/** The condition of a step: its own, and those of the pipelines that it is in, with the names that they have in the run. */
export function conditionOf(snapshot: RunSnapshot, { when, conditions }: ResolvedControl): Condition | null {
  if (!conditions) return when === null ? null : parse(when);
  return conditions
    .map((scoped) => substitute(parse(scoped.text), snapshot, scoped))
    .reduce<Condition | null>((all, next) => (all === null ? next : both(all, next)), null);
}

const both = (left: Condition, right: Condition): Condition => ({ kind: 'binary', operator: 'and', left, right, at: left.at });

function parse(text: string): Condition {
  const parsed = parseCondition(text);
  if (!parsed.ok) throw new Error(`Internal error: expected the validator to refuse the condition ${text}`);
  return parsed.condition;
}

function substitute(condition: Condition, snapshot: RunSnapshot, scoped: ScopedCondition): Condition {
  const inside = (part: Condition): Condition => substitute(part, snapshot, scoped);
  switch (condition.kind) {
    case 'literal':
      return condition;
    case 'reference':
      return inRun(condition, snapshot, scoped);
    case 'list':
      return { ...condition, items: condition.items.map(inside) };
    case 'unary':
      return { ...condition, operand: inside(condition.operand) };
    case 'binary':
      return { ...condition, left: inside(condition.left), right: inside(condition.right) };
    case 'call':
      return { ...condition, inputs: condition.inputs.map(inside) };
  }
}

function inRun(reference: Extract<Condition, { kind: 'reference' }>, { nested }: RunSnapshot, { within, inputs }: ScopedCondition): Condition {
  const { binding, at } = reference;
  const standsFor = (next: Binding): Condition => ({ kind: 'reference', binding: next, at });
  if (binding.source === 'pipeline-input') {
    const value = inputs[binding.name] ?? null;
    return typeof value === 'object' && value !== null
      ? standsFor({ source: 'step-output', step: value.step, name: value.output })
      : { kind: 'literal', value, at };
  }
  if (!('step' in binding)) return reference;
  const step = `${within}${binding.step}`;
  const port = binding.source === 'step-output' ? nested?.[step]?.outputs[binding.name] : undefined;
  return port ? standsFor({ source: 'step-output', step: port.step, name: port.output }) : standsFor({ ...binding, step });
}
