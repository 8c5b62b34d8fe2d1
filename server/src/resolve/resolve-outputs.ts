import { isAssetName, isAssetVersion, kindOfType } from '@pipewright/shared/asset/asset.ts';
import type { CommandComponent } from '@pipewright/shared/component/leaf-component.ts';
import { isDataType, PortType } from '@pipewright/shared/component/port-type.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { filledOutput, withoutBinding } from '@pipewright/shared/pipeline/filled-output.ts';
import type { StepOutput } from '@pipewright/shared/pipeline/input-value.ts';
import { componentOf, type Step } from '@pipewright/shared/pipeline/step.ts';
import { registrationsIn } from '@pipewright/shared/run/assets-of-run.ts';
import type { OutputRegistration, ResolvedOutput, ResolvedStep, RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import { fillOutputPath } from '../data/fill-output-path.ts';
import { placeOfStep, type PipelineScope } from './pipeline-scope.ts';
import type { ResolveParts } from './resolve-run.ts';
import type { StepToResolve } from './resolve-step.ts';

interface Outputs {
  readonly outputs: ResolvedStep['outputs'];
  readonly problems: readonly Problem[];
}

/** What becomes of each output: its type, the names it gets, and where its bytes are to lie besides the artifact store. */
export async function resolveOutputs(parts: Pick<ResolveParts, 'assets' | 'data'>, subject: StepToResolve, component: CommandComponent): Promise<Outputs> {
  const { scope, key } = subject;
  const step = scope.document.jobs[key];
  if (!step) throw new Error(`Internal error: expected step ${key}`);
  const outputs: ResolvedStep['outputs'] = {};
  const problems: Problem[] = [];
  for (const [port, definition] of Object.entries(component.outputs)) {
    const type = typeOf(scope.document, step, { port, declared: definition.type });
    const settings = settingsOf(scope, port, step.outputs[port]);
    const told = { where: { ...placeOfStep(scope, key, ['outputs', port]), port }, type };
    const [registers, places] = [registrationsOf(settings, told), placesOf(parts, settings, told)];
    problems.push(...registers.problems, ...places.problems, ...(await takenVersions(parts, registers.values, told)));
    outputs[port] = toOutput(type, registers.values, places.values);
  }
  return { outputs, problems };
}

function toOutput(type: PortType, registers: readonly OutputRegistration[], places: readonly string[]): ResolvedOutput {
  return { type, ...(registers.length === 0 ? {} : { registers: [...registers] }), ...(places.length === 0 ? {} : { places: [...places] }) };
}

/** Two outputs of one run cannot be one version of a name. */
export function sameNames(steps: RunSnapshot['steps']): Problem[] {
  const taken = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { step, port, name, version } of registrationsIn({ steps })) {
    if (version === null) continue;
    const reference = `${name}:${version}`;
    const other = taken.get(reference);
    if (other === undefined) taken.set(reference, `${port} of ${step}`);
    else {
      const message = `Output ${port} of ${step} is to be registered as ${reference}, and ${other} is as well. Give one of them another name or version.`;
      problems.push({ severity: 'error', code: 'conflicting-output', message, step, port });
    }
  }
  return problems;
}

interface OutputSettings {
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly path?: string | undefined;
  readonly type?: PortType | undefined;
  /** As its templates call it. */
  readonly output: string;
  /** The pipeline in which it is said. */
  readonly scope: PipelineScope;
}

/** What is said of an output by its step, by the pipeline output that it fills, and by what that one fills in turn. */
function settingsOf(scope: PipelineScope, output: string, said: StepOutput | undefined): OutputSettings[] {
  const own = withoutBinding(said);
  const settings = own === null ? [] : [{ ...own, output, scope }];
  const filled = filledOutput(said);
  return filled === null ? settings : [...settings, ...settingsOfFilled(scope, filled)];
}

function settingsOfFilled(scope: PipelineScope, output: string): OutputSettings[] {
  if (scope.parent === null) {
    const own = scope.document.outputs[output];
    return typeof own === 'object' && own !== null ? [{ ...own, output, scope }] : [];
  }
  const { scope: outer, key } = scope.parent;
  return settingsOf(outer, output, outer.document.jobs[key]?.outputs[output]);
}

interface Told {
  readonly where: Pick<Problem, 'step' | 'port' | 'path'>;
  readonly type: PortType;
}

interface Values<T> {
  readonly values: readonly T[];
  readonly problems: readonly Problem[];
}

function registrationsOf(settings: readonly OutputSettings[], { where, type }: Told): Values<OutputRegistration> {
  const values: OutputRegistration[] = [];
  const problems: Problem[] = [];
  for (const { name, version, type: said } of settings) {
    if (name === undefined) continue;
    const wrong = whyNotRegistered({ name, version, type });
    if (wrong !== null) {
      problems.push({ ...where, ...wrong });
      continue;
    }
    const isSaidAnew = said !== undefined && isDataType(said) && said !== type;
    values.push({ name, version: version ?? null, ...(isSaidAnew ? { type: said } : {}) });
  }
  return { values, problems };
}

function whyNotRegistered({
  name,
  version,
  type,
}: {
  name: string;
  version: string | undefined;
  type: PortType;
}): Pick<Problem, 'severity' | 'code' | 'message'> | null {
  if (!isDataType(type)) return { severity: 'warning', code: 'kept-only', message: `A value has no name: the output is not registered as ${name}.` };
  if (!isAssetName(name)) {
    return {
      severity: 'error',
      code: 'invalid-value',
      message: `"${name}" cannot be the name of an asset: use letters, digits, dots, dashes and underscores.`,
    };
  }
  if (version !== undefined && !isAssetVersion(version)) {
    return {
      severity: 'error',
      code: 'invalid-value',
      message: `"${version}" cannot be a version: it may not hold spaces, colons, slashes or @, nor be "latest".`,
    };
  }
  return null;
}

/** Whether it will be other content is known only when the step has run. */
async function takenVersions(
  { assets }: Pick<ResolveParts, 'assets'>,
  registrations: readonly OutputRegistration[],
  { where, type }: Told,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const { name, version, type: said } of registrations) {
    const kind = isDataType(type) ? kindOfType(said ?? type) : null;
    if (version === null || kind === null || !(await assets.find([kind], name, { version }))) continue;
    const message = `${name}:${version} is registered already. If this output has other content, the step fails at its end: give another version, or none for the next number.`;
    problems.push({ severity: 'warning', code: 'version-taken', message, ...where });
  }
  return problems;
}

function placesOf({ data }: Pick<ResolveParts, 'data'>, settings: readonly OutputSettings[], { where, type }: Told): Values<string> {
  const values: string[] = [];
  const problems: Problem[] = [];
  for (const { path, output, scope } of settings) {
    if (path === undefined || path.trim() === '') continue;
    if (!isDataType(type)) {
      problems.push({ ...where, severity: 'warning', code: 'kept-only', message: 'A value lies at no path: the path of the output has no effect.' });
      continue;
    }
    const known = fillOutputPath(path, { output_name: output, default_datastore: defaultDatastore(scope) });
    // The step's own name in the run is known when there is a run.
    const outcome = /\$\{\{(?!\s*name\s*\}\})/.exec(known) ? unknownTemplate(known) : data.target(fillOutputPath(known, { name: '0.step' }), scope.folder);
    if (outcome.kind === 'local') values.push(isRelative(known) && scope.folder !== null ? `${scope.folder}/${known}` : known);
    else if (outcome.kind === 'problem') problems.push({ ...where, severity: 'error', code: 'invalid-output-path', message: outcome.message });
  }
  return { values, problems };
}

const unknownTemplate = (path: string) =>
  ({
    kind: 'problem',
    message: `The path ${path} of the output holds something that nothing is filled in for: \${{name}}, \${{output_name}} and \${{default_datastore}} are.`,
  }) as const;

const isRelative = (path: string): boolean => !/^([a-z][a-z0-9+.-]*:|\/)/i.test(path);

function defaultDatastore(scope: PipelineScope): string {
  const outermost = scope.parent === null ? scope : null;
  if (outermost === null) return defaultDatastore(scope.parent?.scope ?? scope);
  const said = outermost.document.settings.default_datastore ?? 'workspaceblobstore';
  return said.replace(/^azureml:(\/\/datastores\/)?/, '').replace(/\/.*$/, '');
}

/** From the step, else the component, else the pipeline output that it fills, else `uri_folder`. */
function typeOf(document: Pipeline, step: Step, { port, declared }: { readonly port: string; readonly declared: PortType }): PortType {
  const said = step.outputs[port];
  const own = typeof said === 'object' ? said?.type : undefined;
  if (own !== undefined) return own;
  const filled = componentOf(step) === undefined ? filledOutput(said) : null;
  return (filled === null ? undefined : pipelineOutputType(document, filled)) ?? declared;
}

function pipelineOutputType(document: Pipeline, name: string): PortType | undefined {
  const output = document.outputs[name];
  const parsed = PortType.safeParse(typeof output === 'object' ? output?.type : undefined);
  return parsed.success && isDataType(parsed.data) ? parsed.data : undefined;
}
