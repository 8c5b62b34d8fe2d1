import { type InputDefinition, PortName } from '@pipewright/shared/component/ports.ts';
import { isScalarType, type PortType } from '@pipewright/shared/component/port-type.ts';
import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { formatBinding, rewriteBindings } from '@pipewright/shared/expressions/binding.ts';
import type { Scalar } from '@pipewright/shared/json.ts';
import { classifyInput, type InputContent } from '@pipewright/shared/pipeline/classify-input.ts';
import { pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import { filledOutput, withoutBinding } from '@pipewright/shared/pipeline/filled-output.ts';
import type { PipelineInput, StepInput } from '@pipewright/shared/pipeline/input-value.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { renameInFields } from './field-readers.ts';

/** A name that no input (or output) of the pipeline has yet: `seed`, `seed_2`. */
export function freeName(wanted: string, taken: Readonly<Record<string, unknown>>): string {
  const base = wanted.replaceAll(/[^A-Za-z0-9_]+/g, '_').replace(/^(?=\d)/, '_') || 'value';
  if (!Object.hasOwn(taken, base)) return base;
  for (let number = 2; ; number += 1) if (!Object.hasOwn(taken, `${base}_${number}`)) return `${base}_${number}`;
}

interface NameQuestion {
  readonly taken: Readonly<Record<string, unknown>>;
  readonly from: string | null;
  readonly what: 'input' | 'output';
}

/** Why an input or an output of the pipeline cannot be called that; null: it can. */
export function whyNotPortName(name: string, { taken, from, what }: NameQuestion): string | null {
  if (!PortName.safeParse(name).success) return 'Letters, digits and _ only, not beginning with a digit.';
  return name !== from && Object.hasOwn(taken, name) ? `There is an ${what} ${name} already.` : null;
}

interface StepPort {
  readonly step: string;
  readonly port: string;
}

/** Lifts a parameter, or a data input, of a step to an input of the pipeline, with the value that it has now. */
export function promoteInput(
  document: Pipeline,
  { step, port, as }: StepPort & { readonly as?: string },
  definition: InputDefinition,
): { readonly ops: DraftOp[]; readonly name: string } {
  const name = freeName(as ?? port, document.inputs);
  const value = asPipelineInput(document.jobs[step]?.inputs[port], definition);
  return { name, ops: [{ op: 'pipeline.setInput', input: name, value }, bindInput({ step, port }, name)] };
}

export function bindInput({ step, port }: StepPort, name: string): DraftOp {
  return { op: 'step.setInput', step, input: port, value: formatBinding({ source: 'pipeline-input', name }) };
}

/** What a bound parameter comes to now, as a value of its own; null where only a run will know. */
export function literalOfBinding(document: Pipeline, content: InputContent): Scalar | null {
  if (content.kind !== 'binding' || content.binding.source !== 'pipeline-input') return null;
  const { value } = pipelineInputValue(document.inputs[content.binding.name]);
  return value?.kind === 'literal' ? value.value : null;
}

/** A declaration rather than a bare value, so that type, range and description go along. */
function asPipelineInput(value: StepInput | undefined, definition: InputDefinition): PipelineInput {
  const content = classifyInput(value);
  const { type, description } = definition;
  const described = description === undefined ? {} : { description };
  if (content.kind === 'data') return { ...content.reference, type };
  if (!isScalarType(type)) return { type, ...described };
  const given = content.kind === 'literal' ? content.value : definition.default;
  const range = 'min' in definition || 'max' in definition || 'enum' in definition ? pick(definition, ['min', 'max', 'enum']) : {};
  return { type, ...described, ...range, ...(given === undefined || given === null ? {} : { default: given }) };
}

function pick(definition: InputDefinition, names: readonly ('min' | 'max' | 'enum')[]): Record<string, unknown> {
  return Object.fromEntries(names.flatMap((name) => (definition[name] === undefined ? [] : [[name, definition[name]]])));
}

/** Where a pipeline's input is read: steps and their inputs. */
export function readersOf(document: Pipeline, name: string): StepPort[] {
  return Object.entries(document.jobs).flatMap(([step, { inputs }]) =>
    Object.entries(inputs).flatMap(([port, value]): StepPort[] => {
      const content = classifyInput(value);
      const isReader =
        (content.kind === 'binding' && content.binding.source === 'pipeline-input' && content.binding.name === name) ||
        (content.kind === 'template' && content.bindings.some(({ binding }) => binding?.source === 'pipeline-input' && binding.name === name));
      return isReader ? [{ step, port }] : [];
    }),
  );
}

/** Takes an input away; what read it goes back to its own default. */
export function removePipelineInput(document: Pipeline, name: string): DraftOp[] {
  const unbound = readersOf(document, name).map(({ step, port }): DraftOp => ({ op: 'step.setInput', step, input: port }));
  return [...unbound, { op: 'pipeline.setInput', input: name }];
}

/** Another name for an input, in its place; what reads it follows. */
export function renamePipelineInput(document: Pipeline, from: string, to: string): DraftOp[] {
  const readers = readersOf(document, from).flatMap(({ step, port }): DraftOp[] => {
    const value = document.jobs[step]?.inputs[port];
    if (typeof value === 'string') return [{ op: 'step.setInput', step, input: port, value: rebound(value, from, to) }];
    if (value !== null && typeof value === 'object')
      return [{ op: 'step.setInput', step, input: port, value: { ...value, path: rebound(value.path, from, to) } }];
    return [];
  });
  const value = document.inputs[from];
  return [
    { op: 'pipeline.setInput', input: to, ...(value === undefined ? {} : { value }) },
    { op: 'pipeline.movePort', side: 'inputs', name: to, before: from },
    ...readers,
    ...renameInFields(document, from, to),
    { op: 'pipeline.setInput', input: from },
  ];
}

const rebound = (text: string, from: string, to: string): string =>
  rewriteBindings(text, (binding) => (binding.source === 'pipeline-input' && binding.name === from ? { ...binding, name: to } : binding));

/** Makes a step's output one of the pipeline's. What the step says of it stays, but for where it is put: that is now for the pipeline's to say. */
export function promoteOutput(document: Pipeline, { step, port }: StepPort, type: PortType): { readonly ops: DraftOp[]; readonly name: string } {
  const name = freeName(port, document.outputs);
  const bound = formatBinding({ source: 'pipeline-output', name });
  const { path, ...said } = withoutBinding(document.jobs[step]?.outputs[port]) ?? {};
  return {
    name,
    ops: [
      { op: 'pipeline.setOutput', output: name, value: { type, ...(path === undefined ? {} : { path }) } },
      { op: 'step.setOutput', step, output: port, value: Object.keys(said).length === 0 ? bound : { ...said, path: bound } },
    ],
  };
}

/** The step's output that fills an output of the pipeline; null when none does. */
export function sourceOfOutput(document: Pipeline, name: string): StepPort | null {
  for (const [step, { outputs }] of Object.entries(document.jobs)) {
    for (const [port, value] of Object.entries(outputs)) {
      if (filledOutput(value) === name) return { step, port };
    }
  }
  return null;
}

export function removePipelineOutput(document: Pipeline, name: string): DraftOp[] {
  const source = sourceOfOutput(document, name);
  if (!source) return [{ op: 'pipeline.setOutput', output: name }];
  const left = withoutBinding(document.jobs[source.step]?.outputs[source.port]);
  const unbound: DraftOp = { op: 'step.setOutput', step: source.step, output: source.port, ...(left === null ? {} : { value: left }) };
  return [unbound, { op: 'pipeline.setOutput', output: name }];
}

/** Another name for an output, in its place; what fills it follows. */
export function renamePipelineOutput(document: Pipeline, from: string, to: string): DraftOp[] {
  const value = document.outputs[from];
  const fills = Object.entries(document.jobs).flatMap(([step, { outputs }]) =>
    Object.entries(outputs).flatMap(([port, output]): DraftOp[] => {
      if (filledOutput(output) !== from) return [];
      const bound = formatBinding({ source: 'pipeline-output', name: to });
      const said = withoutBinding(output);
      return [{ op: 'step.setOutput', step, output: port, value: said === null ? bound : { ...said, path: bound } }];
    }),
  );
  return [
    { op: 'pipeline.setOutput', output: to, value: value ?? null },
    { op: 'pipeline.movePort', side: 'outputs', name: to, before: from },
    ...fills,
    { op: 'pipeline.setOutput', output: from },
  ];
}
