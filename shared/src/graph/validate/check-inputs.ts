import type { ComponentInterface, InputDefinition, ParameterDefinition } from '../../component/component.ts';
import { isScalarType, type PortType } from '../../component/port-type.ts';
import { describeRefusal, isToleratedInFiles, whyNotConnect, type PortKind } from '../../component/why-not-connect.ts';
import type { Binding } from '../../expressions/binding.ts';
import { classifyInput, type InputContent } from '../../pipeline/classify-input.ts';
import { pipelineInputValue, typeOfScalar } from '../../pipeline/pipeline-input-value.ts';
import type { Step } from '../../pipeline/step.ts';
import type { Problem, ProblemCode } from '../problem.ts';
import { didYouMean } from '../suggest-name.ts';
import { checkLiteral } from './check-literal.ts';
import { portTitle, stepTitle, type PipelineScope } from './step-scope.ts';

/** What is wrong with what stands in the inputs of a step, against the interface of its component. */
export function checkInputs(scope: PipelineScope, key: string, step: Step): Problem[] {
  const ports = scope.interfaceOf(key);
  if (!ports) return [];
  const problems: Problem[] = [];
  for (const [name, definition] of Object.entries(ports.inputs)) {
    const subject: Subject = { scope, key, step, name, definition };
    const content = classifyInput(step.inputs[name]);
    problems.push(...(content.kind === 'absent' ? checkMissing(subject) : checkContent(subject, content)));
  }
  return [...problems, ...checkUnknown(key, step, ports)];
}

interface Subject {
  readonly scope: PipelineScope;
  readonly key: string;
  readonly step: Step;
  readonly name: string;
  readonly definition: InputDefinition;
}

function checkMissing(subject: Subject): Problem[] {
  const { definition, name } = subject;
  if (definition.optional === true || (definition.default !== undefined && definition.default !== null)) return [];
  const isData = !isScalarType(definition.type);
  const what = isData ? `needs ${portTitle(name, definition)} (${definition.type}): connect it` : `needs a value for ${portTitle(name, definition)}`;
  return [problem(subject, 'missing-input', `${title(subject)} ${what}.`)];
}

function checkContent(subject: Subject, content: Exclude<InputContent, { kind: 'absent' }>): Problem[] {
  switch (content.kind) {
    case 'literal':
      return checkLiteralInput(subject, content.value);
    case 'data':
      return isScalarType(subject.definition.type)
        ? [problem(subject, 'type-mismatch', `${inputTitle(subject)} takes a ${subject.definition.type}, not data.`)]
        : [];
    case 'binding':
      return checkBinding(subject, content.binding);
    case 'template':
      return content.bindings.flatMap(({ binding }) => checkEmbedded(subject, binding));
  }
}

function checkLiteralInput(subject: Subject, value: string | number | boolean): Problem[] {
  const { definition } = subject;
  // A text where data is expected is a path, as Azure writes `data: ./file.csv` in some examples.
  if (!isParameter(definition)) {
    return typeof value === 'string' ? [] : [problem(subject, 'type-mismatch', `${inputTitle(subject)} takes data (${definition.type}), not ${value}.`)];
  }
  const wrong = checkLiteral(value, definition);
  return wrong ? [problem(subject, wrong.code, `${inputTitle(subject)} ${wrong.text}`)] : [];
}

function checkBinding(subject: Subject, binding: Binding): Problem[] {
  const source = sourceOf(subject, binding);
  if ('problem' in source) return [source.problem];
  if (source.value !== undefined && isParameter(subject.definition)) return checkLiteralInput(subject, source.value);
  if (source.kind === null) return [];
  const target: PortKind = { type: subject.definition.type, kind: subject.definition['x-pipewright']?.kind };
  const refusal = whyNotConnect(source.kind, target);
  if (!refusal) return [];
  const severity = isToleratedInFiles(refusal) ? 'warning' : 'error';
  const message = `${inputTitle(subject)} cannot take ${source.title}: ${describeRefusal(refusal)}.`;
  const code: ProblemCode = refusal.code;
  return [{ ...problem(subject, code, message), severity }];
}

function checkEmbedded(subject: Subject, binding: Binding | null): Problem[] {
  if (binding === null) return [problem(subject, 'invalid-expression', `${inputTitle(subject)} holds an expression that a pipeline does not know.`)];
  if (!isScalarType(subject.definition.type)) {
    return [problem(subject, 'type-mismatch', `${inputTitle(subject)} takes data, so its binding must be the whole text.`)];
  }
  const source = sourceOf(subject, binding);
  if ('problem' in source) return [source.problem];
  if (source.kind && !isScalarType(source.kind.type)) {
    return [problem(subject, 'type-mismatch', `${inputTitle(subject)} cannot hold ${source.title} inside a text: it is data.`)];
  }
  return [];
}

/** What a binding points at; `kind` null where its type cannot be told, `value` where a literal is known. */
type Source =
  | { readonly title: string; readonly kind: PortKind | null; readonly value?: string | number | boolean }
  | { readonly problem: Problem };

function sourceOf(subject: Subject, binding: Binding): Source {
  const { scope } = subject;
  switch (binding.source) {
    case 'pipeline-input':
      return pipelineInputSource(subject, binding.name);
    case 'step-output':
      return stepOutputSource(subject, binding);
    case 'step-input':
      if (!scope.document.jobs[binding.step]) return { problem: unknownStep(subject, binding.step) };
      return { title: `input ${binding.name} of ${binding.step}`, kind: null };
    case 'pipeline-output':
      return { problem: problem(subject, 'invalid-expression', `${inputTitle(subject)} points at a pipeline output, which a step cannot read.`) };
  }
}

function pipelineInputSource(subject: Subject, name: string): Source {
  const { inputs } = subject.scope.document;
  if (!Object.hasOwn(inputs, name)) {
    const hint = didYouMean(name, Object.keys(inputs));
    return { problem: problem(subject, 'unknown-pipeline-input', `${inputTitle(subject)} reads the pipeline input ${name}, which does not exist.${hint}`) };
  }
  const { type, value } = pipelineInputValue(inputs[name]);
  const literal = value?.kind === 'literal' ? value.value : undefined;
  const given = literal !== undefined && !isScalarType(subject.definition.type) && typeOfScalar(literal) === 'string' ? null : type;
  return { title: `the pipeline input ${name}`, kind: given === null ? null : { type: given }, ...(literal === undefined ? {} : { value: literal }) };
}

function stepOutputSource(subject: Subject, binding: Extract<Binding, { source: 'step-output' }>): Source {
  const { scope } = subject;
  const step = scope.document.jobs[binding.step];
  if (!step) return { problem: unknownStep(subject, binding.step) };
  const ports = scope.interfaceOf(binding.step);
  if (!ports) return { title: binding.name, kind: null };
  const output = Object.hasOwn(ports.outputs, binding.name) ? ports.outputs[binding.name] : undefined;
  if (!output) {
    const hint = didYouMean(binding.name, Object.keys(ports.outputs));
    const message = `${inputTitle(subject)} reads the output ${binding.name} of ${stepTitle(binding.step, step)}, which has no such output.${hint}`;
    return { problem: problem(subject, 'unknown-output', message) };
  }
  const said = step.outputs[binding.name];
  const type: PortType = typeof said === 'object' && said?.type ? said.type : output.type;
  return { title: `${binding.name} of ${stepTitle(binding.step, step)}`, kind: { type, kind: output['x-pipewright']?.kind } };
}

function unknownStep(subject: Subject, step: string): Problem {
  const hint = didYouMean(step, Object.keys(subject.scope.document.jobs));
  return problem(subject, 'unknown-step', `${inputTitle(subject)} reads the step ${step}, which does not exist.${hint}`);
}

function checkUnknown(key: string, step: Step, ports: ComponentInterface): Problem[] {
  return Object.keys(step.inputs)
    .filter((name) => !Object.hasOwn(ports.inputs, name))
    .map((name) => ({
      severity: 'error',
      code: 'unknown-input',
      message: `${stepTitle(key, step)} has no input ${name}.${didYouMean(name, Object.keys(ports.inputs))}`,
      step: key,
      port: name,
      path: ['jobs', key, 'inputs', name],
      fix: { text: `Remove ${name}`, ops: [{ op: 'step.setInput', step: key, input: name }] },
    }));
}

function problem(subject: Subject, code: ProblemCode, message: string): Problem {
  const { key, name } = subject;
  return { severity: 'error', code, message, step: key, port: name, path: ['jobs', key, 'inputs', name] };
}

const isParameter = (definition: InputDefinition): definition is ParameterDefinition => isScalarType(definition.type);
const title = ({ key, step }: Subject): string => stepTitle(key, step);
const inputTitle = (subject: Subject): string => `${title(subject)}: ${portTitle(subject.name, subject.definition)}`;
