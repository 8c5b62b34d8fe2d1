import { parseComponentReference } from '../../component/component-reference.ts';
import { bindingsIn } from '../../expressions/binding.ts';
import { parseTemplate, placeholdersOf } from '../../expressions/parse-template.ts';
import { JobKey } from '../../pipeline/pipeline.ts';
import type { Step } from '../../pipeline/step.ts';
import type { Problem, ProblemFix } from '../problem.ts';
import { hintText, stepTitle, type PipelineScope } from './step-scope.ts';
import { whyNotAName } from './why-not-a-name.ts';

const runnable = new Set([undefined, 'command']);

/** Keys without effect on this machine: kept, written back, and said. */
const keptOnly = ['identity', 'services', 'queue_settings', 'distribution', 'properties'];
/** Azure's, of a cluster; the others of `resources` are ours. */
const ownResources = new Set(['cpu', 'memory', 'gpu']);

/** What is wrong with a step as such: its key, its kind, its component, its command. */
export function checkStep(scope: PipelineScope, key: string, step: Step): Problem[] {
  return [
    ...checkKey(key),
    ...checkKind(scope, key, step),
    ...checkNames(key, step),
    ...checkCommand(scope, key, step),
    ...checkVariables(key, step),
    ...noteKeptKeys(key, step),
  ];
}

function checkKey(key: string): Problem[] {
  if (JobKey.safeParse(key).success) return [];
  const message = `The step key "${key}" must be letters, digits and underscores and may not begin with a digit.`;
  return [{ severity: 'error', code: 'invalid-key', message, step: key, path: ['jobs', key] }];
}

function checkKind(scope: PipelineScope, key: string, step: Step): Problem[] {
  const title = stepTitle(key, step);
  if (!runnable.has(step.type)) {
    const message = `${title} is a step of type ${step.type}, which cannot run here yet: only command steps can.`;
    return [{ severity: 'error', code: 'unsupported-step', message, step: key, path: ['jobs', key, 'type'] }];
  }
  if (scope.interfaceOf(key)) return [];
  if (typeof step.component === 'string') {
    return [unknownComponent(scope, { key, step, reference: step.component })];
  }
  const message = `${title} names no component and has no command. Add one of the two.`;
  return [{ severity: 'error', code: 'invalid-component', message, step: key, path: ['jobs', key] }];
}

function unknownComponent(scope: PipelineScope, { key, step, reference }: { key: string; step: Step; reference: string }): Problem {
  const isFile = parseComponentReference(reference).kind === 'file';
  const meant = isFile ? undefined : scope.suggest(reference, scope.components);
  const hint = isFile ? ' Look whether the file exists and is a component.' : hintText(meant);
  const message = `${stepTitle(key, step)} uses the component ${reference}, which is not known here.${hint}`;
  const fix: ProblemFix | undefined =
    meant === undefined ? undefined : { text: `Use ${meant}`, ops: [{ op: 'component.upgrade', step: key, component: meant }] };
  return { severity: 'error', code: 'unknown-component', message, step: key, path: ['jobs', key, 'component'], ...(fix ? { fix } : {}) };
}

/** The names of a step with its own command are made here; those of a component were checked with it. */
function checkNames(key: string, step: Step): Problem[] {
  if (typeof step.component === 'string') return [];
  const own = step.component ?? step;
  const at = step.component ? ['jobs', key, 'component'] : ['jobs', key];
  return (['inputs', 'outputs'] as const).flatMap((side) =>
    Object.keys(own[side]).flatMap((name): Problem[] => {
      const wrong = whyNotAName(name, side);
      return wrong
        ? [{ severity: 'error', code: wrong.code, message: `${stepTitle(key, step)}: ${wrong.message}`, step: key, port: name, path: [...at, side, name] }]
        : [];
    }),
  );
}

/** A step's own command may only name what the step declares; a component's was checked when it was registered. */
function checkCommand(scope: PipelineScope, key: string, step: Step): Problem[] {
  const { command, path } = commandOf(key, step);
  const ports = scope.interfaceOf(key);
  if (command === undefined || !ports) return [];
  const { parts, errors } = parseTemplate(command);
  const title = stepTitle(key, step);
  const problems: Problem[] = errors.map((error) => ({
    severity: 'error',
    code: 'invalid-expression',
    message: `The command of ${title} cannot be read: ${error.message}.`,
    step: key,
    path,
  }));
  for (const { path: names } of placeholdersOf(parts)) {
    const [scopeName, ...rest] = names;
    const name = rest.join('.');
    const declared = scopeName === 'inputs' ? ports.inputs : scopeName === 'outputs' ? ports.outputs : null;
    if (names.length === 0 || (declared && Object.hasOwn(declared, name))) continue;
    const hint = declared ? hintText(scope.suggest(name, declared)) : ' Only inputs and outputs can be named in a command.';
    const message = `The command of ${title} uses \${{${names.join('.')}}}, which the step does not declare.${hint}`;
    problems.push({ severity: 'error', code: 'undeclared-placeholder', message, step: key, port: name, path });
  }
  return problems;
}

function commandOf(key: string, step: Step): { command: string | undefined; path: string[] } {
  if (typeof step.component === 'object') return { command: step.component.command, path: ['jobs', key, 'component', 'command'] };
  return { command: step.component === undefined ? step.command : undefined, path: ['jobs', key, 'command'] };
}

/** Azure fills bindings into environment variables; to hand their text to the step instead would be to lie to it. */
function checkVariables(key: string, step: Step): Problem[] {
  return Object.entries(step.environment_variables ?? {})
    .filter(([, value]) => bindingsIn(value).length > 0)
    .map(([name]) => ({
      severity: 'error',
      code: 'invalid-expression',
      message: `${stepTitle(key, step)}: the environment variable ${name} holds an expression, which cannot be filled in here. Give it as an input.`,
      step: key,
      path: ['jobs', key, 'environment_variables', name],
    }));
}

function noteKeptKeys(key: string, step: Step): Problem[] {
  const whole = keptOnly.filter((name) => step[name] !== undefined).map((name) => [name]);
  const ofCluster = Object.keys(step.resources ?? {}).filter((name) => !ownResources.has(name));
  return [...whole, ...ofCluster.map((name) => ['resources', name])].map((path) => ({
    severity: 'note',
    code: 'kept-only',
    message: `${stepTitle(key, step)}: ${path.join('.')} is kept in the file and has no effect on this machine.`,
    step: key,
    path: ['jobs', key, ...path],
  }));
}
