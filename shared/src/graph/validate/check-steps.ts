import type { ComponentInterface } from '../../component/component-interface.ts';
import { foreignKinds } from '../../component/leaf-component.ts';
import { formatComponentReference, isInRegistry, parseComponentReference } from '../../component/component-reference.ts';
import { newestVersions } from '../../component/newer-version.ts';
import { bindingsIn, rewriteBindings } from '../../expressions/binding.ts';
import { parseTemplate, placeholdersOf } from '../../expressions/parse-template.ts';
import { makeStepKey } from '../../pipeline/make-step-key.ts';
import { JobKey } from '../../pipeline/pipeline.ts';
import { componentOf, componentReferenceOf, searchSpaceOf, Step } from '../../pipeline/step.ts';
import type { Problem, ProblemFix } from '../problem.ts';
import { suggestName } from '../suggest-name.ts';
import { slipsInStep } from './check-inner-keys.ts';
import { checkPortNames, noteKeptKeys as noteKeptOf } from './check-ports.ts';
import { checkControlStep } from './check-control-step.ts';
import { hintText, stepTitle, type PipelineScope } from './step-scope.ts';
import { nearlyKnown } from './nearly-known.ts';
import { renameInStep } from './rename-key.ts';

/** What is wrong with a step as such: its key, its kind, its component, its command. */
export function checkStep(scope: PipelineScope, key: string, step: Step): Problem[] {
  return [
    ...checkKey(scope, key),
    ...checkKind(scope, key, step),
    ...checkControlStep(scope, key, step),
    ...checkNames(key, step),
    ...checkCommand(scope, key, step),
    ...checkVariables(scope, key, step),
    ...checkKeys(scope, key, step),
    ...noteKept(key, step),
  ];
}

function checkKey({ document }: PipelineScope, key: string): Problem[] {
  if (JobKey.safeParse(key).success) return [];
  const message = `The step key "${key}" must be letters, digits and underscores and may not begin with a digit.`;
  const to = makeStepKey(key, document.jobs);
  const fix = { text: `Call it ${to}`, ops: [{ op: 'step.rename' as const, step: key, to }] };
  return [{ severity: 'error', code: 'invalid-key', message, step: key, path: ['jobs', key], fix }];
}

/** Kinds that a step of a file may have; any other is a slip of the pen. */
const kinds: readonly string[] = ['command', 'pipeline', 'sweep', 'parallel', 'if_else', 'parallel_for', 'do_while', ...foreignKinds];

function checkKind(scope: PipelineScope, key: string, step: Step): Problem[] {
  const title = stepTitle(key, step);
  const report = (code: Problem['code'], message: string, field?: string): Problem[] => [
    { severity: 'error', code, message, step: key, path: ['jobs', key, ...(field === undefined ? [] : [field])] },
  ];
  const { type } = step;
  if (type !== undefined && !kinds.includes(type)) {
    const meant = suggestName(type, kinds);
    const fix =
      meant === undefined ? {} : { fix: { text: `Make it a ${meant} step`, ops: [{ op: 'step.setField' as const, step: key, field: 'type', value: meant }] } };
    return report('unsupported-step', `${title} is a step of type ${type}, which is not known.${hintText(meant)}`, 'type').map((problem) => ({
      ...problem,
      ...fix,
    }));
  }
  if (Object.hasOwn(step, 'jobs')) {
    return report('unsupported-step', `${title} holds a pipeline in itself. Put it into a file of its own and name that as the component.`, 'jobs');
  }
  const reference = componentReferenceOf(step);
  if (reference?.includes('${{')) {
    const field = step.component === undefined ? 'trial' : 'component';
    return report('invalid-expression', `${title}: its ${field} cannot be an expression: which one it is must be known before anything runs.`, field);
  }
  const ports = scope.interfaceOf(key);
  if (reference !== null && !Object.hasOwn(scope.components, reference)) return [unknownComponent(scope, { key, step, reference })];
  if (!ports || (type === 'parallel' && reference === null && componentOf(step) === undefined && step.task === undefined))
    return report('missing-command', `${title} has ${whatIsMissing(type)}.`);
  const kind = kindOf(step, ports);
  if (isForeign(kind))
    return report('cannot-run-here', `${title} is ${foreignNames[kind]}, which runs in Azure only. It is shown and kept; the pipeline cannot run with it.`);
  return [];
}

/** The component decides; what the step says of its type may be left out. */
function kindOf(step: Step, { type }: ComponentInterface): string {
  if (step.trial !== undefined) return 'sweep';
  return type ?? step.type ?? 'command';
}

type ForeignKind = (typeof foreignKinds)[number];
const isForeign = (kind: string): kind is ForeignKind => foreignKinds.some((each) => each === kind);
const foreignNames: Readonly<Record<ForeignKind, string>> = {
  spark: 'a Spark job',
  automl: 'an AutoML job',
  data_transfer: 'a transfer of data between stores',
  import: 'an import from a data source',
  distributed: 'a distributed job of an older format',
  finetuning: 'a fine-tuning job',
  flow: 'a prompt flow',
};

function unknownComponent(scope: PipelineScope, { key, step, reference }: { key: string; step: Step; reference: string }): Problem {
  const isFile = parseComponentReference(reference).kind === 'file';
  const meant = isFile ? undefined : (otherVersion(scope, reference) ?? scope.suggest(reference, scope.components));
  const hint = isFile
    ? ' There is no such file. Until then its ports are those that are used here.'
    : `${hintText(meant)} Register it with pipewright register FILE, or restore it if it was archived: until then its ports are those that are used here.`;
  const used = `${stepTitle(key, step)} uses the component ${reference}, which`;
  const message = isInRegistry(reference)
    ? `${used} is in a registry of Azure. It is kept, and cannot run here until a component of that name and version is registered (pipewright register FILE).`
    : `${used} is not ${isFile ? 'known' : 'registered'} here.${hint}`;
  const fix: ProblemFix | undefined =
    meant === undefined ? undefined : { text: `Use ${meant}`, ops: [{ op: 'component.upgrade', step: key, component: meant }] };
  const code = isFile ? 'missing-component' : 'unregistered-component';
  return { severity: 'error', code, message, step: key, path: ['jobs', key, step.component === undefined ? 'trial' : 'component'], ...(fix ? { fix } : {}) };
}

/** The newest version of the same component that is known here. */
function otherVersion({ components }: PipelineScope, reference: string): string | undefined {
  const wanted = parseComponentReference(reference);
  const version = wanted.kind === 'registered' ? newestVersions(Object.keys(components)).get(wanted.name) : undefined;
  return wanted.kind === 'registered' && version !== undefined ? formatComponentReference(wanted.name, version) : undefined;
}

function whatIsMissing(type: Step['type']): string {
  if (type === 'sweep') return 'no trial. Add it';
  if (type === 'pipeline') return 'no component. Add it';
  return `no component and no ${type === 'parallel' ? 'task' : 'command'}. Add one of the two`;
}

/** The names of a step with its own command are made here; those of a component were checked with it. */
function checkNames(key: string, step: Step): Problem[] {
  const component = componentOf(step);
  if (typeof component === 'string') return [];
  return toldOf({ key, step, at: component ? [step.component ? 'component' : 'trial'] : [] }, checkPortNames(component ?? step));
}

interface PartOfStep {
  readonly key: string;
  readonly step: Step;
  /** Where in the step it is. */
  readonly at: readonly string[];
}

/** Problems of a part of a step, told of the step. */
function toldOf({ key, step, at }: PartOfStep, problems: readonly Problem[]): Problem[] {
  return problems.map(({ message, path, ...problem }) => ({
    ...problem,
    message: `${stepTitle(key, step)}: ${message}`,
    step: key,
    path: ['jobs', key, ...at, ...(path ?? [])],
  }));
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
    const declared = declaredFor(scopeName, step, ports);
    if (names.length === 0 || (declared && Object.hasOwn(declared, name))) continue;
    const meant = declared ? scope.suggest(name, declared) : undefined;
    const hint = declared ? hintText(meant) : ' Only inputs and outputs can be named in a command.';
    const message = `The command of ${title} uses \${{${names.join('.')}}}, which the step does not declare.${hint}`;
    const isOwn = step.command === command && meant !== undefined;
    const right = command.replaceAll(new RegExp(String.raw`\$\{\{\s*${RegExp.escape(names.join('.'))}\s*\}\}`, 'g'), () => `\${{${scopeName}.${meant}}}`);
    const fix = isOwn ? { text: `Write ${meant}`, ops: [{ op: 'step.setField' as const, step: key, field: 'command', value: right }] } : undefined;
    problems.push({ severity: 'error', code: 'undeclared-placeholder', message, step: key, port: name, path, ...(fix ? { fix } : {}) });
  }
  return problems;
}

function declaredFor(scopeName: string | undefined, step: Step, ports: ComponentInterface): Readonly<Record<string, unknown>> | null {
  if (scopeName === 'inputs') return { ...ports.inputs, ...searchSpaceOf(step) };
  if (scopeName === 'outputs') return ports.outputs;
  return scopeName === 'search_space' && step.trial !== undefined ? searchSpaceOf(step) : null;
}

function commandOf(key: string, step: Step): { command: string | undefined; path: string[] } {
  const component = componentOf(step);
  const field = step.component === undefined ? 'trial' : 'component';
  if (typeof component === 'object') return { command: component.type === 'command' ? component.command : undefined, path: ['jobs', key, field, 'command'] };
  return { command: component === undefined ? step.command : undefined, path: ['jobs', key, 'command'] };
}

/** Azure fills the pipeline's inputs into environment variables; what a step puts out does not exist yet when they are set. */
function checkVariables(scope: PipelineScope, key: string, step: Step): Problem[] {
  const { inputs } = scope.document;
  return Object.entries(step.environment_variables ?? {}).flatMap(([name, value]) =>
    bindingsIn(value).flatMap(({ binding }): Problem[] => {
      if (binding?.source === 'pipeline-input' && Object.hasOwn(inputs, binding.name)) return [];
      const meant = binding?.source === 'pipeline-input' ? scope.suggest(binding.name, inputs) : undefined;
      const what =
        binding?.source === 'pipeline-input'
          ? `reads the pipeline input ${binding.name}, which does not exist.${hintText(meant)}`
          : 'holds an expression that cannot be filled in there: only an input of the pipeline can. Give it as an input of the step.';
      const message = `${stepTitle(key, step)}: the environment variable ${name} ${what}`;
      const written = rewriteBindings(value, (other) =>
        other.source === 'pipeline-input' && binding?.source === 'pipeline-input' && other.name === binding.name
          ? { ...other, name: meant ?? other.name }
          : other,
      );
      const variables = { ...step.environment_variables, [name]: written };
      const fix =
        meant === undefined
          ? {}
          : { fix: { text: `Read ${meant}`, ops: [{ op: 'step.setField' as const, step: key, field: 'environment_variables', value: variables }] } };
      return [{ severity: 'error', code: 'invalid-expression', message, step: key, path: ['jobs', key, 'environment_variables', name], ...fix }];
    }),
  );
}

function noteKept(key: string, step: Step): Problem[] {
  const component = componentOf(step);
  const own = toldOf({ key, step, at: [] }, noteKeptOf(step));
  return typeof component === 'object' ? [...own, ...toldOf({ key, step, at: [step.component ? 'component' : 'trial'] }, noteKeptOf(component))] : own;
}

/** Keys of a step whose work is a command or a component; others have keys of their own. */
const known = [...Object.keys(Step.shape), 'distribution', 'identity', 'services', 'queue_settings', 'properties', 'name', 'version', 'x-pipewright'];
const ofSweeps = ['sampling_algorithm', 'objective', 'early_termination'];

/** A key that nobody knows is kept; one that is nearly another is most likely meant to be that. */
function checkKeys({ document }: PipelineScope, key: string, step: Step): Problem[] {
  const { type = 'command' } = step;
  const hasOwnKeys = !['command', 'pipeline', 'sweep'].includes(type);
  const slips = hasOwnKeys
    ? []
    : nearlyKnown(step, step.trial === undefined ? known : [...known, ...ofSweeps]).map(([name, meant]) => ({ path: [name], meant }));
  const inner = hasOwnKeys && type !== 'parallel' ? [] : slipsInStep(step);
  return [...slips, ...inner].map(({ path, meant }) => ({
    severity: 'warning',
    code: 'irregular-value',
    message: `${stepTitle(key, step)}: ${path.join('.')} is not known and has no effect.${hintText(meant)}`,
    step: key,
    path: ['jobs', key, ...path],
    fix: renameInStep(document, { step: key, path, meant }),
  }));
}
