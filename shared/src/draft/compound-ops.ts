import { bindingsIn, formatBinding } from '../expressions/binding.ts';
import type { Edge } from '../graph/edges-of.ts';
import { makeStepKey } from '../pipeline/make-step-key.ts';
import { renameInControl } from '../pipeline/control-references.ts';
import { boundOutput, withoutBinding } from '../pipeline/filled-output.ts';
import type { Step } from '../pipeline/step.ts';
import { dependenciesOf } from '../pipeline/step-control.ts';
import type { StepInput, StepOutput } from '../pipeline/input-value.ts';
import type { DraftContent, DraftOp } from './draft-op.ts';
import { readersOf } from './readers-of.ts';

/** Removing on purpose: what read these steps is unbound first, so that nothing is left broken. */
export function removeSteps(content: DraftContent, keys: ReadonlySet<string>): DraftOp[] {
  const unbound = readersOf(content.document, keys)
    .filter(({ step }) => !keys.has(step))
    .map(({ step, input }): DraftOp => ({ op: 'step.setInput', step, input }));
  const unordered = Object.entries(content.document.jobs).flatMap(([step, value]): DraftOp[] => {
    const after = dependenciesOf(value);
    const left = after.filter((key) => !keys.has(key));
    if (keys.has(step) || left.length === after.length) return [];
    return [{ op: 'step.setField', step, field: 'depends_on', ...(left.length > 0 ? { value: left } : {}) }];
  });
  const removed = [...keys].filter((key) => Object.hasOwn(content.document.jobs, key)).map((step): DraftOp => ({ op: 'step.remove', step }));
  return [...unbound, ...unordered, ...removed, ...emptied(content, keys)];
}

/** A group has no place of its own: with its last step it is gone. */
function emptied({ layout }: DraftContent, keys: ReadonlySet<string>): DraftOp[] {
  const gone = Object.entries(layout.groups).filter(([, { steps }]) => steps.length > 0 && steps.every((key) => keys.has(key)));
  return gone.map(([group]): DraftOp => ({ op: 'group.set', group }));
}

export function connect({ from, to }: Edge): DraftOp[] {
  const value = formatBinding({ source: 'step-output', step: from.step, name: from.output });
  return [{ op: 'step.setInput', step: to.step, input: to.input, value }];
}

export function disconnect({ to }: Edge): DraftOp[] {
  return [{ op: 'step.setInput', step: to.step, input: to.input }];
}

export interface StepsToInsert {
  readonly steps: Readonly<Record<string, { readonly step: Step; readonly position?: { readonly x: number; readonly y: number } | undefined }>>;
  readonly offset: { readonly x: number; readonly y: number };
  /** Keep bindings to steps that are not among those inserted; otherwise they are left out. */
  readonly keepsIncoming: boolean;
}

/** Inserts copies of steps under free keys; bindings among them follow. Answers the new keys as well. */
export function insertSteps(content: DraftContent, insertion: StepsToInsert): { ops: DraftOp[]; keys: string[] } {
  const taken: Record<string, unknown> = { ...content.document.jobs };
  const renamed = new Map<string, string>();
  for (const key of Object.keys(insertion.steps)) {
    const free = makeStepKey(key.replace(/_\d+$/, ''), taken);
    taken[free] = true;
    renamed.set(key, free);
  }
  const ops = Object.entries(insertion.steps).map(([key, { step, position }]): DraftOp => {
    const inputs = Object.entries(step.inputs).flatMap(([name, value]): [string, StepInput][] => {
      const next = rebind(value, renamed, insertion.keepsIncoming);
      return next === undefined ? [] : [[name, next]];
    });
    const controlled = withControlOf(step, renamed, insertion.keepsIncoming);
    const value: Step = { ...controlled, inputs: Object.fromEntries(inputs), outputs: withoutPipelineOutputs(step.outputs) };
    const { offset } = insertion;
    const moved = position ? { position: { x: position.x + offset.x, y: position.y + offset.y } } : {};
    return { op: 'step.add', step: renamed.get(key) ?? key, value, ...moved };
  });
  return { ops, keys: [...renamed.values()] };
}

/** Orders and conditions among the copies follow their new keys; an order after a step that is not copied is an incoming wire like others. */
function withControlOf(step: Step, renamed: ReadonlyMap<string, string>, keepsIncoming: boolean): Step {
  const { depends_on: _, ...free } = step;
  const after = dependenciesOf(step).filter((key) => keepsIncoming || renamed.has(key));
  let result: Step = after.length === dependenciesOf(step).length ? step : { ...free, ...(after.length > 0 ? { depends_on: after } : {}) };
  // By names in between that no step can have: one copy may take the key that another one had.
  for (const key of renamed.keys()) result = { ...result, ...renameInControl(result, key, `${key}-`) };
  for (const [key, to] of renamed) result = { ...result, ...renameInControl(result, `${key}-`, to) };
  return result;
}

/** Undefined when the input's source is not copied along and must not be kept. */
function rebind(value: StepInput, renamed: ReadonlyMap<string, string>, keepsIncoming: boolean): StepInput | undefined {
  const text = value !== null && typeof value === 'object' ? value.path : value;
  if (typeof text !== 'string') return value;
  const placed = bindingsIn(text);
  let result = text;
  for (const { binding, start, end } of placed.toReversed()) {
    if (binding === null || !('step' in binding)) continue;
    const step = renamed.get(binding.step);
    if (step !== undefined) result = result.slice(0, start) + formatBinding({ ...binding, step }) + result.slice(end);
    else if (!keepsIncoming) return undefined;
  }
  return value !== null && typeof value === 'object' ? { ...value, path: result } : result;
}

/** A pipeline output has one source: the original keeps it. */
function withoutPipelineOutputs(outputs: Step['outputs']): Step['outputs'] {
  return Object.fromEntries(
    Object.entries(outputs).flatMap(([name, output]): [string, StepOutput][] => {
      if (boundOutput(output) === null) return [[name, output]];
      const left = withoutBinding(output);
      return left === null ? [] : [[name, left]];
    }),
  );
}
