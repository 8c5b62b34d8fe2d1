import { namesInItems } from '../../azure/control-steps.ts';
import type { ComponentInterface } from '../../component/component-interface.ts';
import { isRequired, type InputDefinition, type ParameterDefinition } from '../../component/ports.ts';
import { isScalarType } from '../../component/port-type.ts';
import { describeRefusal, isToleratedInFiles, whyNotConnect, type PortKind } from '../../component/why-not-connect.ts';
import type { Binding } from '../../expressions/binding.ts';
import type { DraftOp } from '../../draft/draft-op.ts';
import { parseTemplate } from '../../expressions/parse-template.ts';
import type { Scalar } from '../../json.ts';
import { classifyInput, type InputContent } from '../../pipeline/classify-input.ts';
import { itemInputOf, itemsByName } from '../../pipeline/step-interface.ts';
import { inputsOf } from '../../pipeline/step-inputs.ts';
import { searchSpaceOf, type Step } from '../../pipeline/step.ts';
import type { Problem, ProblemFix } from '../problem.ts';
import { checkLiteral, type Reading } from './check-literal.ts';
import { adapterFix } from './adapter-fix.ts';
import { connectFix } from './fitting-source.ts';
import { inputProblem, inputTitle, type InputSubject } from './input-subject.ts';
import { sourceOf } from './source-of.ts';
import { hintText, portTitle, stepTitle, type PipelineScope } from './step-scope.ts';

/** What is wrong with what stands in the inputs of a step, against the interface of its component. */
export function checkInputs(scope: PipelineScope, key: string, step: Step): Problem[] {
  const ports = scope.interfaceOf(key);
  if (!ports) return [];
  const problems: Problem[] = [];
  const item = itemInputOf(step);
  const byName = itemsByName(step, scope.document).map(namesInItems);
  const isByItem = (name: string): boolean => name === item || byName.some((names) => names === null || names.has(name));
  for (const [name, definition] of Object.entries(ports.inputs)) {
    const subject: InputSubject = { scope, key, step, name, definition };
    const content = classifyInput(inputsOf(step)[name]);
    problems.push(...(content.kind === 'absent' ? (isByItem(name) ? [] : checkNothing(subject)) : checkContent(subject, content)));
  }
  return [...problems, ...checkUnknown(scope, { key, step, ports })];
}

/** Where nothing is given, the default of the component counts; a pipeline inside says itself what is wrong with its own. */
function checkNothing(subject: InputSubject): Problem[] {
  const { definition, scope, key } = subject;
  if (!isParameter(definition) || definition.default === null || definition.default === undefined) return checkMissing(subject);
  if (scope.interfaceOf(key)?.type === 'pipeline') return [];
  const wrong = checkLiteral(definition.default, definition);
  if (!wrong) return [];
  const { text, code, severity = 'error', better } = wrong;
  const problem = inputProblem(subject, code, `${inputTitle(subject)} ${text} That is the default of its component: give it another value here, or there.`);
  return [{ ...problem, severity, ...(better === undefined ? {} : { fix: putInstead(subject, better) }) }];
}

function checkMissing(subject: InputSubject): Problem[] {
  const { definition, name, key, step } = subject;
  if (!isRequired(definition)) return [];
  const isData = !isScalarType(definition.type);
  const what = isData ? `needs ${portTitle(name, definition)} (${definition.type}): connect it` : `needs a value for ${portTitle(name, definition)}`;
  const fix = isData ? connectFix(subject) : undefined;
  return [{ ...inputProblem(subject, 'missing-input', `${stepTitle(key, step)} ${what}.`), ...(fix ? { fix } : {}) }];
}

function checkContent(subject: InputSubject, content: Exclude<InputContent, { kind: 'absent' }>): Problem[] {
  switch (content.kind) {
    case 'literal':
      return [...checkOpenExpression(subject, content.value), ...checkLiteralInput(subject, content.value)];
    case 'data':
      return isScalarType(subject.definition.type)
        ? [inputProblem(subject, 'type-mismatch', `${inputTitle(subject)} takes a ${subject.definition.type}, not data.`)]
        : [];
    case 'binding':
      return checkBinding(subject, content.binding);
    case 'template':
      return content.bindings.flatMap(({ binding }) => checkEmbedded(subject, binding));
  }
}

/** An expression that is never closed is text: most likely not what was meant. */
function checkOpenExpression(subject: InputSubject, value: string | number | boolean): Problem[] {
  if (typeof value !== 'string' || !value.includes('${{')) return [];
  const [error] = parseTemplate(value).errors;
  if (!error) return [];
  return [{ ...inputProblem(subject, 'invalid-expression', `${inputTitle(subject)} is taken as text: ${error.message}.`), severity: 'warning' }];
}

function checkLiteralInput(subject: InputSubject, value: string | number | boolean, reading?: Reading): Problem[] {
  const { definition } = subject;
  // A text where data is expected is a path, as Azure writes `data: ./file.csv` in some examples.
  if (!isParameter(definition)) {
    return typeof value === 'string' ? [] : [inputProblem(subject, 'type-mismatch', `${inputTitle(subject)} takes data (${definition.type}), not ${value}.`)];
  }
  const wrong = checkLiteral(value, definition, reading);
  if (!wrong) return [];
  const problem: Problem = { ...inputProblem(subject, wrong.code, `${inputTitle(subject)} ${wrong.text}`), severity: wrong.severity ?? 'error' };
  // A value that comes through a binding is mended where it stands, which is not here.
  const isOwn = subject.step.inputs[subject.name] === value;
  // What cannot be read at all is given up for the default; another value than those listed may be meant.
  const isLost = wrong.severity === undefined && checkLiteral(definition.default ?? '', definition) === null;
  const better = wrong.better ?? (isLost ? definition.default : undefined);
  return [isOwn && better !== undefined && better !== null ? { ...problem, fix: putInstead(subject, better) } : problem];
}

function checkBinding(subject: InputSubject, binding: Binding): Problem[] {
  const source = sourceOf(subject, binding);
  switch (source.kind) {
    case 'wrong':
      return [source.problem];
    case 'nothing':
      return checkNothing(subject);
    case 'literal':
      return checkLiteralInput(subject, source.value, source.reading);
    case 'port':
      return source.port === null ? [] : checkPorts(subject, { from: source.port, title: source.title, binding });
  }
}

interface Connection {
  readonly from: PortKind;
  readonly title: string;
  readonly binding: Binding;
}

function checkPorts(subject: InputSubject, { from, title, binding }: Connection): Problem[] {
  const { kind, accepts } = subject.definition['x-pipewright'] ?? {};
  const target: PortKind = { type: subject.definition.type, kind, accepts };
  const refusal = whyNotConnect(from, target);
  if (!refusal) return [];
  const problem = inputProblem(subject, refusal.code, `${inputTitle(subject)} cannot take ${title}: ${describeRefusal(refusal)}.`);
  const fix = adapterFix(subject, { from, to: target, binding });
  return [{ ...problem, severity: isToleratedInFiles(refusal) ? 'warning' : 'error', ...(fix ? { fix } : {}) }];
}

/** A binding inside a longer text: only values can be written into it. */
function checkEmbedded(subject: InputSubject, binding: Binding | null): Problem[] {
  if (binding === null) return [inputProblem(subject, 'invalid-expression', `${inputTitle(subject)} holds an expression that a pipeline does not know.`)];
  if (!isScalarType(subject.definition.type)) {
    return [inputProblem(subject, 'type-mismatch', `${inputTitle(subject)} takes data, so its binding must be the whole text.`)];
  }
  const source = sourceOf(subject, binding);
  if (source.kind === 'wrong') return [source.problem];
  if (source.kind === 'port' && source.port && !isScalarType(source.port.type)) {
    return [inputProblem(subject, 'type-mismatch', `${inputTitle(subject)} cannot hold ${source.title} inside a text: it is data.`)];
  }
  return [];
}

const putInstead = ({ key, name }: InputSubject, value: Scalar): ProblemFix => ({
  text: value === '' ? 'Use an empty text' : `Use ${value}`,
  ops: [{ op: 'step.setInput', step: key, input: name, value }],
});

interface StepWithPorts {
  readonly key: string;
  readonly step: Step;
  readonly ports: ComponentInterface;
}

function checkUnknown(scope: PipelineScope, { key, step, ports }: StepWithPorts): Problem[] {
  return Object.entries(inputsOf(step))
    .filter(([name]) => !Object.hasOwn(ports.inputs, name))
    .map(([name, value]) => {
      const meant = scope.suggest(name, ports.inputs);
      const remove: DraftOp = { op: 'step.setInput', step: key, input: name };
      const isFree = meant !== undefined && !Object.hasOwn(step.inputs, meant) && !Object.hasOwn(searchSpaceOf(step), name);
      const fix: ProblemFix = isFree
        ? { text: `Rename it to ${meant}`, ops: [{ op: 'step.setInput', step: key, input: meant, value }, remove] }
        : { text: `Remove ${name}`, ops: [remove] };
      const message = Object.hasOwn(searchSpaceOf(step), name)
        ? `${stepTitle(key, step)}: search_space says what is tried for ${name}, so what is given for it among the inputs is left out.`
        : `${stepTitle(key, step)} has no input ${name}: what is given there is left out.${hintText(meant)}`;
      return { severity: 'warning', code: 'unknown-input', message, step: key, port: name, path: ['jobs', key, 'inputs', name], fix };
    });
}

const isParameter = (definition: InputDefinition): definition is ParameterDefinition => isScalarType(definition.type);
