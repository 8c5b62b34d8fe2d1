import { controlKindOf } from '../../azure/control-steps.ts';
import { isScalarType, type PortType } from '../../component/port-type.ts';
import type { PortKind } from '../../component/why-not-connect.ts';
import { formatBinding, parseBinding, type Binding } from '../../expressions/binding.ts';
import type { Scalar } from '../../json.ts';
import { followBinding, stepOf, type BindingSource } from '../../pipeline/follow-binding.ts';
import { isDeclaredText, pipelineInputValue, typeOfScalar } from '../../pipeline/pipeline-input-value.ts';
import { seenOutputType } from '../../pipeline/step-interface.ts';
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
      return { kind: 'wrong', problem: unknownStep(subject, source.step) };
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
    return {
      kind: 'wrong',
      problem: { ...inputProblem(subject, 'unknown-pipeline-input', message), fix: mendBinding(subject, { source: 'pipeline-input', name }, meant) },
    };
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
  const output = Object.hasOwn(ports.outputs, source.name) ? ports.outputs[source.name] : undefined;
  if (!output) {
    const meant = scope.suggest(source.name, ports.outputs);
    const message = `${inputTitle(subject)} reads the output ${source.name} of ${title}, which has no such output.${hintText(meant)}`;
    const binding: Binding = { source: 'step-output', step: source.step, name: source.name };
    return { kind: 'wrong', problem: { ...inputProblem(subject, 'unknown-output', message), fix: mendBinding(subject, binding, meant) } };
  }
  const said = Object.hasOwn(step.outputs, source.name) && controlKindOf(step) === null ? step.outputs[source.name] : undefined;
  const type: PortType = typeof said === 'object' && said?.type ? said.type : output.type;
  const kind = step.for_each ? undefined : output['x-pipewright']?.kind;
  return { kind: 'port', title: `${source.name} of ${title}`, port: { type: seenOutputType(step, type), kind } };
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

function unknownStep(subject: InputSubject, step: string): Problem {
  const meant = subject.scope.suggest(step, subject.scope.document.jobs);
  const message = `${inputTitle(subject)} reads the step ${step}, which does not exist.${hintText(meant)}`;
  return { ...inputProblem(subject, 'unknown-step', message), fix: disconnect(subject) };
}

/** The name that was meant in the place of the wrong one; without a guess, or inside a longer text, the binding goes. */
function mendBinding(subject: InputSubject, wrong: Binding, meant: string | undefined): ProblemFix {
  const { key, name, step } = subject;
  const value = step.inputs[name];
  const written = typeof value === 'string' ? parseBinding(value) : null;
  const isWhole = written !== null && formatBinding(written) === formatBinding(wrong);
  if (meant === undefined || !isWhole || wrong.source === 'step-status') return disconnect(subject);
  return { text: `Read ${meant}`, ops: [{ op: 'step.setInput', step: key, input: name, value: formatBinding({ ...wrong, name: meant }) }] };
}

const disconnect = ({ key, name }: InputSubject): ProblemFix => ({ text: 'Disconnect it', ops: [{ op: 'step.setInput', step: key, input: name }] });
