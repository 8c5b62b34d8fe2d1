import type { ComponentInterface } from '../../component/component-interface.ts';
import { isScalarType } from '../../component/port-type.ts';
import { whyNotConnect, type PortKind } from '../../component/why-not-connect.ts';
import { formatBinding, parseBinding, type Binding } from '../../expressions/binding.ts';
import type { Scalar } from '../../json.ts';
import { followBinding, stepOf, type BindingSource } from '../../pipeline/follow-binding.ts';
import { isDeclaredText, pipelineInputValue, typeOfScalar } from '../../pipeline/pipeline-input-value.ts';
import type { PipelineInput } from '../../pipeline/input-value.ts';
import type { Problem, ProblemFix } from '../problem.ts';
import { inputProblem, inputTitle, type InputSubject } from './input-subject.ts';
import type { Reading } from './check-literal.ts';
import { hintText, stepTitle } from './step-scope.ts';

/** What a binding points at, as far as a document can tell. */
export type Source =
  | { readonly kind: 'literal'; readonly value: Scalar; readonly reading?: Reading }
  /** `port` is null where its type cannot be told. */
  | { readonly kind: 'port'; readonly title: string; readonly port: PortKind | null }
  /** It has no value, and need not have one: what the input says of itself decides. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'wrong'; readonly problem: Problem };

export function sourceOf(subject: InputSubject, binding: Binding): Source {
  if (binding.source === 'step-input') {
    const problem = checkReadInput(subject, binding);
    if (problem) return { kind: 'wrong', problem };
  }
  const source = followBinding(subject.scope.document, binding);
  switch (source.kind) {
    case 'pipeline-input':
      return pipelineInputSource(subject, source.name);
    case 'step-output':
      return stepOutputSource(subject, source);
    case 'content':
      return contentSource(subject, source);
    case 'unknown-step':
      return { kind: 'wrong', problem: unknownStep(subject, source.step, binding) };
    case 'circle':
      return {
        kind: 'wrong',
        problem: inputProblem(subject, 'cycle', `${inputTitle(subject)} reads an input that reads itself in a circle. Give one of them a value.`),
      };
    case 'step-status':
      return {
        kind: 'wrong',
        problem: inputProblem(subject, 'invalid-expression', `${inputTitle(subject)} reads the status of ${source.step}: only a condition can.`),
      };
    case 'pipeline-output':
      return {
        kind: 'wrong',
        problem: inputProblem(subject, 'invalid-expression', `${inputTitle(subject)} points at a pipeline output, which a step cannot read.`),
      };
  }
}

/** The first step on the way must have the input that is read; those further on are reported where they stand. */
function checkReadInput(subject: InputSubject, binding: Extract<Binding, { source: 'step-input' }>): Problem | null {
  const { scope } = subject;
  const step = stepOf(scope.document, binding.step);
  const ports = step && scope.interfaceOf(binding.step);
  if (!step || !ports || Object.hasOwn(ports.inputs, binding.name)) return null;
  const meant = scope.suggest(binding.name, ports.inputs);
  const message = `${inputTitle(subject)} reads the input ${binding.name} of ${stepTitle(binding.step, step)}, which has no such input.${hintText(meant)}`;
  return { ...inputProblem(subject, 'unknown-input', message), fix: mendBinding(subject, binding, meant) };
}

function pipelineInputSource(subject: InputSubject, name: string): Source {
  const { scope, definition } = subject;
  const { inputs } = scope.document;
  if (!Object.hasOwn(inputs, name)) {
    const meant = scope.suggest(name, inputs);
    const message = `${inputTitle(subject)} reads the pipeline input ${name}, which does not exist.${hintText(meant)}`;
    const fix = meant === undefined ? addPipelineInput(subject, name) : mendBinding(subject, { source: 'pipeline-input', name }, meant);
    return { kind: 'wrong', problem: { ...inputProblem(subject, 'unknown-pipeline-input', message), fix } };
  }
  const { type, value, isOptional } = pipelineInputValue(inputs[name]);
  if (value === null && isOptional) return { kind: 'nothing' };
  const literal = value?.kind === 'literal' ? value.value : undefined;
  const isPath = literal !== undefined && !isScalarType(definition.type) && typeOfScalar(literal) === 'string';
  if (literal !== undefined && (isPath || isScalarType(definition.type)))
    return { kind: 'literal', value: literal, ...(isDeclaredText(inputs[name]) ? { reading: 'decimal' } : {}) };
  return { kind: 'port', title: `the pipeline input ${name}`, port: type === null ? null : { type } };
}

function stepOutputSource(subject: InputSubject, source: Extract<BindingSource, { kind: 'step-output' }>): Source {
  const { scope } = subject;
  const step = stepOf(scope.document, source.step);
  if (!step) throw new Error(`Internal error: expected step ${source.step}`);
  const ports = scope.interfaceOf(source.step);
  if (!ports) return { kind: 'port', title: source.name, port: null };
  const title = stepTitle(source.step, step);
  if (!Object.hasOwn(ports.outputs, source.name)) {
    const meant = scope.suggest(source.name, ports.outputs) ?? onlyFittingOutput(subject, source.step, ports);
    const message = `${inputTitle(subject)} reads the output ${source.name} of ${title}, which has no such output.${hintText(meant)}`;
    const binding: Binding = { source: 'step-output', step: source.step, name: source.name };
    return { kind: 'wrong', problem: { ...inputProblem(subject, 'unknown-output', message), fix: mendBinding(subject, binding, meant) } };
  }
  return { kind: 'port', title: `${source.name} of ${title}`, port: scope.outputKind(source.step, source.name) };
}

function contentSource({ scope }: InputSubject, source: Extract<BindingSource, { kind: 'content' }>): Source {
  switch (source.content.kind) {
    case 'literal':
      return { kind: 'literal', value: source.content.value };
    case 'absent':
      return { kind: 'nothing' };
    case 'template':
      return { kind: 'port', title: `input ${source.name} of ${source.step}`, port: { type: 'string' } };
    case 'data': {
      const type = source.content.reference.type ?? scope.interfaceOf(source.step)?.inputs[source.name]?.type;
      return { kind: 'port', title: `input ${source.name} of ${source.step}`, port: type === undefined ? null : { type } };
    }
  }
}

function unknownStep(subject: InputSubject, step: string, binding: Binding): Problem {
  const { scope } = subject;
  const meant = scope.suggest(step, scope.document.jobs);
  const message = `${inputTitle(subject)} reads the step ${step}, which does not exist.${hintText(meant)}`;
  return { ...inputProblem(subject, 'unknown-step', message), fix: mendStep(subject, binding, meant) };
}

/** The same output of the step that was meant, if it has one that fits; else the binding goes. */
function mendStep(subject: InputSubject, wrong: Binding, meant: string | undefined): ProblemFix {
  const isOutput = wrong.source === 'step-output' && meant !== undefined && meant !== subject.key;
  const kind = isOutput ? subject.scope.outputKind(meant, wrong.name) : null;
  if (!isOutput || kind === null || whyNotConnect(kind, targetOf(subject)) !== null || !isWholly(subject, wrong)) return disconnect(subject);
  const { key, name } = subject;
  return { text: `Read ${wrong.name} of ${meant}`, ops: [{ op: 'step.setInput', step: key, input: name, value: formatBinding({ ...wrong, step: meant }) }] };
}

/** The output to which a port that is gone was most likely renamed: there is only one that the input may read. */
function onlyFittingOutput(subject: InputSubject, step: string, ports: ComponentInterface): string | undefined {
  const [only, ...others] = Object.keys(ports.outputs).filter((name) => {
    const kind = subject.scope.outputKind(step, name);
    return kind !== null && whyNotConnect(kind, targetOf(subject)) === null;
  });
  return others.length === 0 ? only : undefined;
}

const targetOf = ({ definition }: InputSubject): PortKind => ({ ...definition['x-pipewright'], type: definition.type });

/** A declaration of what is read, with what the input says of itself. */
function addPipelineInput({ definition }: InputSubject, input: string): ProblemFix {
  const { type, description, default: fallback } = definition;
  const given = isScalarType(type) && fallback !== undefined && fallback !== null ? { default: fallback } : {};
  const value: PipelineInput = { type, ...(description === undefined ? {} : { description }), ...given };
  return { text: `Add the pipeline input ${input}`, ops: [{ op: 'pipeline.setInput', input, value }] };
}

/** The name that was meant in the place of the wrong one; without a guess, or inside a longer text, the binding goes. */
function mendBinding(subject: InputSubject, wrong: Binding, meant: string | undefined): ProblemFix {
  const { key, name } = subject;
  if (meant === undefined || !isWholly(subject, wrong) || wrong.source === 'step-status') return disconnect(subject);
  return { text: `Read ${meant}`, ops: [{ op: 'step.setInput', step: key, input: name, value: formatBinding({ ...wrong, name: meant }) }] };
}

/** Nothing else than that binding stands in the input. */
function isWholly({ step, name }: InputSubject, binding: Binding): boolean {
  const value = step.inputs[name];
  const written = typeof value === 'string' ? parseBinding(value) : null;
  return written !== null && formatBinding(written) === formatBinding(binding);
}

const disconnect = ({ key, name }: InputSubject): ProblemFix => ({ text: 'Disconnect it', ops: [{ op: 'step.setInput', step: key, input: name }] });
