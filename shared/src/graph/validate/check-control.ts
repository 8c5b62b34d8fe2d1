import { itemsOfLoop } from '../../azure/control-steps.ts';
import { checkCondition, type ConditionType } from '../../conditions/check-condition.ts';
import { referencesOf } from '../../conditions/condition-references.ts';
import { parseCondition } from '../../conditions/parse-condition.ts';
import { isScalarType, type PortType } from '../../component/port-type.ts';
import { parseBinding, type Binding } from '../../expressions/binding.ts';
import { stepOf } from '../../pipeline/follow-binding.ts';
import { pipelineInputValue } from '../../pipeline/pipeline-input-value.ts';
import { readItems } from '../../pipeline/read-items.ts';
import { itemInputOf, seenOutputType } from '../../pipeline/step-interface.ts';
import { dependenciesOf, parseBytes } from '../../pipeline/step-control.ts';
import { Json } from '../../json.ts';
import type { Step } from '../../pipeline/step.ts';
import type { Problem, ProblemCode, ProblemFix } from '../problem.ts';
import { checkItems } from './check-items.ts';
import { checkRounds } from './check-rounds.ts';
import { hintText, stepTitle, type PipelineScope } from './step-scope.ts';
import { whyNoLoop } from './why-no-loop.ts';

interface Subject {
  readonly scope: PipelineScope;
  readonly key: string;
  readonly step: Step;
}

/** What is wrong with the keys that decide whether, when and how often a step runs. */
export function checkControl(scope: PipelineScope, key: string, step: Step): Problem[] {
  const subject = { scope, key, step };
  return [
    ...checkOrder(subject),
    ...checkWhen(subject),
    ...checkKindOfLoop(subject),
    ...checkLoop(subject),
    ...checkRepeat(subject),
    ...checkResources(subject),
    ...checkNested(subject),
  ];
}

/** What can only be said of a process, and not of a pipeline. */
const ofProcesses = ['retries', 'limits', 'resources'] as const;

/** What makes a loop of a step. */
const loopFields = ['for_each', 'repeat'] as const;

function checkNested(subject: Subject): Problem[] {
  const { scope, key, step } = subject;
  if (scope.interfaceOf(key)?.type !== 'pipeline') return [];
  const title = stepTitle(key, step);
  return ofProcesses
    .filter((field) => step[field] !== undefined)
    .map((field): Problem => {
      const message = `${title} is a pipeline: ${field} has no effect on it. Say it of the steps inside.`;
      return { ...problem(subject, field, { code: 'nested-pipeline', message }), severity: 'warning', fix: withoutField(key, field) };
    });
}

const withoutField = (step: string, field: string): ProblemFix => ({ text: `Remove ${field}`, ops: [{ op: 'step.setField', step, field }] });

/** A step that is to be a loop, and is of another kind than can be one. */
function checkKindOfLoop(subject: Subject): Problem[] {
  const { scope, key, step } = subject;
  const why = whyNoLoop(scope, key);
  if (!why) return [];
  const code = why.kind === 'pipeline' ? 'nested-pipeline' : 'unsupported-step';
  return loopFields
    .filter((field) => step[field] !== undefined)
    .map((field) => {
      const instead = why.kind === 'pipeline' ? `: put ${field} on the steps inside` : '';
      return {
        ...problem(subject, field, { code, message: `${stepTitle(key, step)} is ${why.text} and cannot be a loop${instead}.` }),
        fix: withoutField(key, field),
      };
    });
}

function checkOrder(subject: Subject): Problem[] {
  const { scope, key, step } = subject;
  const after = dependenciesOf(step);
  return after.flatMap((source): Problem[] => {
    if (stepOf(scope.document, source)) return [];
    const meant = scope.suggest(source, scope.document.jobs);
    const message = `${stepTitle(key, step)} is to run after ${source}, which is no step of this pipeline.${hintText(meant)}`;
    const left = after.flatMap((other) => (other === source ? (meant ?? []) : other));
    const fix = {
      text: meant === undefined ? 'Leave it out' : `Run after ${meant}`,
      ops: [{ op: 'step.setField' as const, step: key, field: 'depends_on', ...(left.length > 0 ? { value: left } : {}) }],
    };
    return [{ ...problem(subject, 'depends_on', { code: 'unknown-step', message }), fix }];
  });
}

function checkWhen(subject: Subject): Problem[] {
  const { scope, key, step } = subject;
  if (typeof step.when !== 'string') return [];
  const title = `The condition of ${stepTitle(key, step)}`;
  const parsed = parseCondition(step.when);
  if (!parsed.ok) {
    return [problem(subject, 'when', { code: 'invalid-expression', message: `${title} cannot be read at character ${parsed.offset + 1}: ${parsed.message}.` })];
  }
  const unknown = referencesOf(parsed.condition).flatMap((binding) => whatIsUnknown(scope, binding) ?? []);
  if (unknown.length > 0) return unknown.map(({ code, text }) => problem(subject, 'when', { code, message: `${title} speaks of ${text}.` }));
  return checkCondition(parsed.condition, (binding) => typeOf(scope, binding)).map(({ severity, message, offset }) => ({
    ...problem(subject, 'when', { code: 'type-mismatch', message: `${title}, character ${offset + 1}: ${message}.` }),
    severity,
  }));
}

/** A name in a condition that stands for nothing, or for data, which cannot be compared. */
function whatIsUnknown(scope: PipelineScope, binding: Binding, takesData = false): { readonly code: ProblemCode; readonly text: string } | null {
  const { document } = scope;
  if (binding.source === 'pipeline-output') return { code: 'invalid-expression', text: `the pipeline output ${binding.name}, which no step can read` };
  if (binding.source === 'pipeline-input') {
    if (Object.hasOwn(document.inputs, binding.name)) return null;
    return { code: 'unknown-pipeline-input', text: `the pipeline input ${binding.name}, which does not exist${hintOf(scope, binding.name, document.inputs)}` };
  }
  const step = stepOf(document, binding.step);
  if (!step) return { code: 'unknown-step', text: `the step ${binding.step}, which does not exist${hintOf(scope, binding.step, document.jobs)}` };
  const ports = scope.interfaceOf(binding.step);
  if (binding.source === 'step-status' || !ports) return null;
  const title = stepTitle(binding.step, step);
  const side = binding.source === 'step-output' ? ports.outputs : ports.inputs;
  const word = binding.source === 'step-output' ? 'output' : 'input';
  if (!Object.hasOwn(side, binding.name)) {
    return {
      code: binding.source === 'step-output' ? 'unknown-output' : 'unknown-input',
      text: `the ${word} ${binding.name} of ${title}, which it does not have${hintOf(scope, binding.name, side)}`,
    };
  }
  const type = portType(scope, binding);
  if (takesData || type === null || isScalarType(type)) return null;
  return {
    code: 'type-mismatch',
    text: `the ${word} ${binding.name} of ${title}, which is data (${type}) and not a value: give the output a type such as number or string`,
  };
}

const hintOf = (scope: PipelineScope, name: string, known: Readonly<Record<string, unknown>>): string => {
  const meant = scope.suggest(name, known);
  return meant === undefined ? '' : ` (did you mean "${meant}"?)`;
};

function portType(scope: PipelineScope, binding: Extract<Binding, { source: 'step-output' | 'step-input' }>): PortType | null {
  if (binding.source === 'step-input') return scope.interfaceOf(binding.step)?.inputs[binding.name]?.type ?? null;
  const type = scope.outputType(binding.step, binding.name) ?? null;
  const step = stepOf(scope.document, binding.step);
  return type !== null && step ? seenOutputType(step, type) : type;
}

function typeOf(scope: PipelineScope, binding: Binding): ConditionType {
  if (binding.source === 'step-status') return 'text';
  if (binding.source === 'pipeline-output') return 'unknown';
  const type = binding.source === 'pipeline-input' ? pipelineInputValue(scope.document.inputs[binding.name]).type : portType(scope, binding);
  switch (type) {
    case 'string':
      return 'text';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'truth';
    default:
      return 'unknown';
  }
}

function checkLoop(subject: Subject): Problem[] {
  const { scope, key, step } = subject;
  const name = itemInputOf(step);
  if (!step.for_each) return [];
  const title = stepTitle(key, step);
  const problems: Problem[] = [];
  const ports = scope.interfaceOf(key);
  if (name !== null && ports && !Object.hasOwn(ports.inputs, name)) {
    const message = `${title} is to take each item as its input ${name}, which it does not have${hintOf(scope, name, ports.inputs)}. Say which one with for_each.input.`;
    const meant = scope.suggest(name, ports.inputs);
    const each = Json.safeParse({ ...step.for_each, input: meant });
    const fix =
      meant === undefined || !each.success
        ? {}
        : { fix: { text: `Take it as ${meant}`, ops: [{ op: 'step.setField' as const, step: key, field: 'for_each', value: each.data }] } };
    problems.push({ ...problem(subject, 'for_each', { code: 'unknown-input', message }), ...fix });
  }
  const { items } = step.for_each;
  const binding = typeof items === 'string' ? parseBinding(items) : null;
  const maps = name === null ? itemsOfLoop(items) : [];
  if (binding) {
    const unknown = whatIsUnknown(scope, binding, true);
    if (unknown) problems.push(problem(subject, 'for_each', { code: unknown.code, message: `${title} is to go over ${unknown.text}.` }));
  } else if (maps === null || (typeof items === 'string' && readItems(items) === null)) {
    const list = name === null ? 'a list of maps of inputs, as [{"rate": 0.1}],' : 'a list, as ["a", "b"],';
    problems.push(problem(subject, 'for_each', { code: 'invalid-literal', message: `${title}: the items are to be ${list} or a binding to one.` }));
  } else problems.push(...checkItems({ ...subject, field: 'for_each', body: key }, maps));
  return problems;
}

function checkRepeat(subject: Subject): Problem[] {
  const { scope, key, step } = subject;
  if (!step.repeat) return [];
  const title = stepTitle(key, step);
  if (step.for_each) {
    return [problem(subject, 'repeat', { code: 'unsupported-step', message: `${title} has both for_each and repeat: it can be one loop only.` })];
  }
  return checkRounds(scope, key, step.repeat).map(({ part, code, severity, text }) => ({
    ...problem(subject, 'repeat', { code, message: `${title}: repeat.${part} ${text.replace(/[^.?]$/, '$&.')}` }),
    severity,
  }));
}

function checkResources(subject: Subject): Problem[] {
  const memory = subject.step.resources?.memory;
  if (memory === undefined || parseBytes(memory) !== null) return [];
  const message = `${stepTitle(subject.key, subject.step)}: "${memory}" is no amount of memory. Write it as 512 MB or 2GiB.`;
  return [problem(subject, 'resources', { code: 'invalid-literal', message })];
}

function problem({ key }: Subject, field: string, said: Pick<Problem, 'code' | 'message'>): Problem {
  return { severity: 'error', ...said, step: key, path: ['jobs', key, field] };
}
