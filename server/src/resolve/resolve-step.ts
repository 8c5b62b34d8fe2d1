import { z } from 'zod';
import type { AssetPin } from '@pipewright/shared/asset/asset.ts';
import type { CommandComponent } from '@pipewright/shared/component/leaf-component.ts';
import { bindingsIn } from '@pipewright/shared/expressions/binding.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { stepTitle } from '@pipewright/shared/graph/validate/step-scope.ts';
import { interfaceOf } from '@pipewright/shared/pipeline/step-interface.ts';
import { pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import { componentOf, type Step } from '@pipewright/shared/pipeline/step.ts';
import type { ResolvedControl, ResolvedInput, ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import { placeOfStep, sourceOfStep, type PipelineScope } from './pipeline-scope.ts';
import { distributionVariables } from './distribution-variables.ts';
import { toParallelCommand } from './parallel-step.ts';
import { toTrialComponent } from './sweep-step.ts';
import { resolveControl } from './resolve-control.ts';
import { resolveInputs, resolveItems } from './resolve-inputs.ts';
import { resolveOutputs } from './resolve-outputs.ts';
import type { StepParts } from './step-parts.ts';

export interface StepToResolve {
  readonly scope: PipelineScope;
  /** Of the step in its own pipeline. */
  readonly key: string;
}

/** Where a component's own paths are relative to, and the file that says so. */
export interface ComponentPlace {
  readonly component: CommandComponent;
  readonly folder: string | null;
  readonly definition: string | null;
}

/** Pins one step; without a step there are errors. */
export async function resolveStep(
  parts: StepParts,
  subject: StepToResolve,
): Promise<{ readonly step: ResolvedStep | null; readonly problems: readonly Problem[] }> {
  const { scope, key } = subject;
  const { document } = scope;
  const step = document.jobs[key];
  if (!step) throw new Error(`Internal error: expected step ${key}`);
  const source = sourceOfStep(scope, step);
  const placed = placeOf(subject, step);
  if (!placed.ok) return { step: null, problems: [placed.problem] };
  const { place } = placed;
  const [inputs, code, environment] = [
    await resolveInputs(parts, subject, place.component),
    await parts.code(subject, place),
    await resolveEnvironment(parts, subject, { step, place }),
  ];
  const outputs = await resolveOutputs(parts, subject, place.component);
  const { control: asWritten, ...said } = resolveControl(subject, step, parts.machine);
  const items = await resolveItems(parts, subject, place.component);
  const control = asWritten && withItems(asWritten, items.items);
  const problems = [...inputs.problems, ...code.problems, ...environment.problems, ...outputs.problems, ...said.problems, ...items.problems];
  if (problems.some(({ severity }) => severity === 'error')) return { step: null, problems };
  const { compute, note } = resolveCompute(scope, step);
  const resolved: ResolvedStep = {
    displayName: step.display_name ?? place.component.display_name ?? key,
    componentReference: typeof step.component === 'string' ? step.component : null,
    component: place.component,
    code: code.snapshot,
    environment: environment.definition,
    environmentVariables: variablesOf(scope, step, place.component),
    compute,
    isDeterministic: step.is_deterministic ?? place.component.is_deterministic ?? true,
    inputs: inputs.inputs,
    outputs: outputs.outputs,
    notes: [...environment.notes, ...inputs.notes, ...items.notes, ...note, ...said.notes],
    ...(control ? { control } : {}),
    ...assetsOf(source?.asset ?? null, environment.asset),
  };
  return { step: resolved, problems };
}

function withItems(control: ResolvedControl, items: Record<string, ResolvedInput>[] | null): ResolvedControl {
  return items === null || control.forEach === null ? control : { ...control, forEach: { ...control.forEach, items: { kind: 'inputs', items } } };
}

type PlaceOutcome = { readonly ok: true; readonly place: ComponentPlace } | { readonly ok: false; readonly problem: Problem };

function placeOf({ scope, key }: StepToResolve, step: Step): PlaceOutcome {
  const { document, folder, found } = scope;
  const source = sourceOfStep(scope, step);
  const own = componentOf(step);
  const component = source?.component ?? (typeof own === 'object' ? own : null);
  const where = source ? { folder: source.folder, definition: source.definition } : { folder, definition: null };
  const ports = interfaceOf(key, document, found.lookup);
  if (component?.type === 'command') {
    return { ok: true, place: { component: step.trial !== undefined && ports ? toTrialComponent(step, ports, component) : component, ...where } };
  }
  if (ports && (component?.type === 'parallel' || step.type === 'parallel')) {
    const parallel = toParallelCommand(step, ports, component?.type === 'parallel' ? component : null);
    if (parallel.ok) return { ok: true, place: { component: parallel.component, ...where } };
    const message = `${stepTitle(key, step)}: ${parallel.message}.`;
    return { ok: false, problem: { severity: 'error', code: 'invalid-value', message, ...placeOfStep(scope, key, [parallel.field]) } };
  }
  if (!ports || step.command === undefined) throw new Error(`Internal error: expected the validator to refuse ${key}`);
  const { code, additional_includes, environment } = step;
  const inline: CommandComponent = {
    type: 'command',
    command: step.command,
    inputs: ports.inputs,
    outputs: ports.outputs,
    ...(code ? { code } : {}),
    ...(additional_includes ? { additional_includes } : {}),
    ...(environment === undefined ? {} : { environment }),
    'x-pipewright': ports['x-pipewright'],
  };
  return { ok: true, place: { component: inline, folder, definition: null } };
}

/** Those of the component and of the step, with the pipeline's inputs filled in. */
function variablesOf(scope: PipelineScope, step: Step, component: CommandComponent): Record<string, string> {
  const own = z.record(z.string(), z.string()).safeParse(component['environment_variables']);
  const said = { ...distributionVariables(step['distribution'] ?? component['distribution']), ...(own.success ? own.data : {}), ...step.environment_variables };
  return Object.fromEntries(Object.entries(said).map(([name, text]) => [name, withInputs(scope, text)]));
}

/** A text with the values of the pipeline's inputs; the path where the input is data. */
function withInputs(scope: PipelineScope, text: string): string {
  let filled = text;
  for (const { binding, start, end } of bindingsIn(text).toReversed()) {
    if (binding?.source === 'pipeline-input') filled = `${filled.slice(0, start)}${textOfInput(scope, binding.name)}${filled.slice(end)}`;
  }
  return filled;
}

function textOfInput({ document, parent }: PipelineScope, name: string): string {
  const given = parent?.scope.document.jobs[parent.key]?.inputs[name];
  if (parent && typeof given === 'string') return withInputs(parent.scope, given);
  const { value } = pipelineInputValue(given ?? document.inputs[name]);
  if (value === null) return '';
  if (value.kind === 'data') return value.reference.path;
  return typeof value.value === 'boolean' ? (value.value ? 'True' : 'False') : String(value.value);
}

async function resolveEnvironment(
  parts: StepParts,
  { scope, key }: StepToResolve,
  { step, place }: { readonly step: Step; readonly place: ComponentPlace },
): Promise<{ definition: ResolvedStep['environment']; asset?: AssetPin | undefined; notes: string[]; problems: Problem[] }> {
  // What a step says of its environment counts before what its component says.
  const own = step.environment;
  const reference = own ?? place.component.environment;
  if (reference === undefined) return { definition: null, notes: [], problems: [] };
  const from = own === undefined ? place.folder : scope.folder;
  const found = await parts.environmentRegistry.find(reference, from);
  const where = placeOfStep(scope, key, ['environment']);
  const located = found.problems.map((problem) => ({ ...problem, ...where }));
  if (found.environment === null) return { definition: null, notes: located.filter(isNote).map(({ message }) => message), problems: located };
  const normalized = await parts.normalized(found.environment, found.folder);
  if ('problem' in normalized) return { definition: null, notes: [], problems: [...located, { ...normalized.problem, ...where }] };
  const notes = [...located.filter(isNote).map(({ message }) => message), ...normalized.notes];
  return { definition: normalized.definition, asset: found.asset, notes, problems: located };
}

const isNote = ({ severity }: Problem): boolean => severity === 'note';

/** Every unknown compute is `local`, with a note. */
function resolveCompute(scope: PipelineScope, step: Step): { compute: string; note: string[] } {
  const wanted = withInputs(scope, step.compute ?? defaultCompute(scope));
  const name = wanted.replace(/^azureml:/, '');
  return name === 'local' || name === 'serverless' ? { compute: 'local', note: [] } : { compute: 'local', note: [`Compute ${name} is this machine here.`] };
}

/** A nested pipeline has none of its own: what the step says that it is, or what is said around it. */
function defaultCompute({ document, parent }: PipelineScope): string {
  if (parent === null) return document.settings.default_compute ?? document.compute ?? 'local';
  const around = parent.scope.document.jobs[parent.key]?.compute;
  return around === undefined ? defaultCompute(parent.scope) : withInputs(parent.scope, around);
}

function assetsOf(component: AssetPin | null, environment: AssetPin | undefined): Pick<ResolvedStep, 'assets'> {
  if (component === null && environment === undefined) return {};
  return { assets: { ...(component === null ? {} : { component }), ...(environment === undefined ? {} : { environment }) } };
}
