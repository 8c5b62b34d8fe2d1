import { parseComponentReference } from '../../component/component-reference.ts';
import { parseTemplate, placeholdersOf } from '../../expressions/parse-template.ts';
import { JobKey } from '../../pipeline/pipeline.ts';
import type { Step } from '../../pipeline/step.ts';
import type { Problem } from '../problem.ts';
import { didYouMean } from '../suggest-name.ts';
import { stepTitle, type PipelineScope } from './step-scope.ts';

const runnable = new Set([undefined, 'command']);

/** Keys that mean something in the cloud only: kept, written back, without effect here. */
const keptOnly = ['identity', 'services', 'queue_settings', 'distribution', 'properties'];

/** What is wrong with a step as such: its key, its kind, its component, its command. */
export function checkStep(scope: PipelineScope, key: string, step: Step): Problem[] {
  return [...checkKey(key), ...checkKind(scope, key, step), ...checkCommand(scope, key, step), ...noteKeptKeys(key, step)];
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
    const message = `${title} uses the component ${step.component}, which is not known here.${componentHint(scope, step.component)}`;
    return [{ severity: 'error', code: 'unknown-component', message, step: key, path: ['jobs', key, 'component'] }];
  }
  const message = `${title} names no component and has no command. Add one of the two.`;
  return [{ severity: 'error', code: 'invalid-component', message, step: key, path: ['jobs', key] }];
}

function componentHint(scope: PipelineScope, reference: string): string {
  if (parseComponentReference(reference).kind === 'file') return ' Look whether the file exists and is a component.';
  return didYouMean(reference, Object.keys(scope.components));
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
    if (declared && Object.hasOwn(declared, name)) continue;
    const hint = declared ? didYouMean(name, Object.keys(declared)) : ' Only inputs and outputs can be named in a command.';
    const message = `The command of ${title} uses \${{${names.join('.')}}}, which the step does not declare.${hint}`;
    problems.push({ severity: 'error', code: 'undeclared-placeholder', message, step: key, port: name, path });
  }
  return problems;
}

function commandOf(key: string, step: Step): { command: string | undefined; path: string[] } {
  if (typeof step.component === 'object') return { command: step.component.command, path: ['jobs', key, 'component', 'command'] };
  return { command: step.component === undefined ? step.command : undefined, path: ['jobs', key, 'command'] };
}

function noteKeptKeys(key: string, step: Step): Problem[] {
  return keptOnly
    .filter((name) => step[name] !== undefined)
    .map((name) => ({
      severity: 'note',
      code: 'kept-only',
      message: `${stepTitle(key, step)}: ${name} is kept in the file and has no effect on this machine.`,
      step: key,
      path: ['jobs', key, name],
    }));
}
