import type { Binding } from '../expressions/binding.ts';
import { classifyInput } from '../pipeline/classify-input.ts';
import type { StepInput } from '../pipeline/input-value.ts';
import type { Position } from '../pipeline/layout.ts';
import { mapBindings, type Instead } from '../pipeline/map-bindings.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { dependenciesOf } from '../pipeline/step-control.ts';
import type { Step } from '../pipeline/step.ts';
import type { Cut } from './cut-out.ts';
import type { DraftContent, DraftOp } from './draft-op.ts';
import { stepChanges } from './step-changes.ts';

export interface SubPipelineStep {
  /** A key that no step has, but for those that are cut out. */
  readonly key: string;
  readonly title: string;
  /** The component that the sub-pipeline is by now: `azureml:NAME:VERSION`. */
  readonly reference: string;
  readonly position: Position;
}

/** Puts one step of a sub-pipeline in the place of the steps that were cut out; what read them reads it. */
export function extractOps(content: DraftContent, cut: Cut, sub: SubPipelineStep): DraftOp[] {
  const { document, layout } = content;
  const gone = new Set(cut.keys);
  const keys = Object.keys(document.jobs);
  const removed = cut.keys.map((step): DraftOp => ({ op: 'step.remove', step }));
  const next = keys.slice(keys.findLastIndex((key) => gone.has(key)) + 1).find((key) => !gone.has(key));
  const added: DraftOp = {
    op: 'step.add',
    step: sub.key,
    value: subStep(document, cut, sub),
    position: sub.position,
    ...(next === undefined ? {} : { before: next }),
  };
  const rewired = Object.entries(document.jobs).flatMap(([key, step]) =>
    gone.has(key) ? [] : stepChanges(key, step, outerStep(step, { document, cut, sub })),
  );
  const groups = Object.entries(layout.groups).flatMap(([group, value]): DraftOp[] => {
    const left = value.steps.filter((key) => !gone.has(key));
    if (left.length === value.steps.length) return [];
    const isWhole = left.length === 0;
    return [{ op: 'group.set', group, ...(isWhole ? {} : { value: { ...value, steps: [...left, sub.key] } }) }];
  });
  return [...removed, added, ...rewired, ...groups];
}

function subStep(document: Pipeline, { keys, inputs, outputs }: Cut, { title, reference }: SubPipelineStep): Step {
  const gone = new Set(keys);
  const after = new Set(keys.flatMap((key) => dependenciesOf(document.jobs[key] ?? {})).filter((key) => !gone.has(key)));
  return {
    type: 'pipeline',
    component: reference,
    display_name: title,
    inputs: Object.fromEntries(inputs.map(({ name, value }) => [name, value])),
    outputs: Object.fromEntries(outputs.flatMap(({ name, said }) => (said === undefined ? [] : [[name, said]]))),
    ...(after.size > 0 ? { depends_on: [...after] } : {}),
  };
}

interface Around {
  readonly document: Pipeline;
  readonly cut: Cut;
  readonly sub: SubPipelineStep;
}

function outerStep(step: Step, around: Around): Step {
  const gone = new Set(around.cut.keys);
  const mapped = mapBindings(step, ({ binding }) => ('step' in binding && gone.has(binding.step) ? insteadOf(binding, around) : null));
  if (!mapped.ok) throw new Error('Internal error: expected such a binding to have been refused');
  const after = dependenciesOf(step);
  if (!after.some((key) => gone.has(key))) return mapped.step;
  const left = [...new Set(after.map((key) => (gone.has(key) ? around.sub.key : key)))];
  return { ...mapped.step, depends_on: left };
}

/** What a binding to a step that is gone becomes: the output of the sub-pipeline, or what that step was given. */
function insteadOf(binding: Binding, { document, cut, sub }: Around): Instead {
  if (binding.source === 'step-output') {
    const output = cut.outputs.find((each) => each.step === binding.step && each.output === binding.name);
    return { binding: { source: 'step-output', step: sub.key, name: output?.name ?? binding.name } };
  }
  if (binding.source !== 'step-input') return { binding };
  const given: StepInput | undefined = document.jobs[binding.step]?.inputs[binding.name];
  const content = classifyInput(given);
  if (content.kind !== 'binding') return { value: given };
  const { binding: behind } = content;
  const isGone = 'step' in behind && cut.keys.includes(behind.step);
  return isGone ? insteadOf(behind, { document, cut, sub }) : { binding: behind };
}
