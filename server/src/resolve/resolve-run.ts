import { decimalOf, numberOf } from '@pipewright/shared/azure/older-yaml.ts';
import { checkDeclaredValue } from '@pipewright/shared/graph/validate/check-declared-value.ts';
import { coerceLiteral } from '@pipewright/shared/graph/validate/check-literal.ts';
import { hasErrors, type Problem } from '@pipewright/shared/graph/problem.ts';
import { didYouMean } from '@pipewright/shared/graph/suggest-name.ts';
import { topologicalOrder } from '@pipewright/shared/graph/topological-order.ts';
import { isScalarType } from '@pipewright/shared/component/port-type.ts';
import type { Json } from '@pipewright/shared/json.ts';
import { PipelineSettings, type Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { pipelineInputsRead } from '@pipewright/shared/pipeline/pipeline-inputs-read.ts';
import { pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import type { PipelineInput } from '@pipewright/shared/pipeline/input-value.ts';
import { componentReferenceOf, type Step } from '@pipewright/shared/pipeline/step.ts';
import { splitLayout } from '@pipewright/shared/yaml/read-pipeline.ts';
import type { LeftOutStep } from '@pipewright/shared/run/plan.ts';
import type { Donor } from '@pipewright/shared/run/reason.ts';
import type { RunOptions } from '@pipewright/shared/run/run-options.ts';
import type { NestedPipeline, ResolvedStep, RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import { FairTurns, fairly, othersFirst } from '../fair-turns.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { ComponentRegistry } from '../registry/component-registry.ts';
import type { EnvironmentRegistry } from '../registry/environment-registry.ts';
import type { RunRequest } from '../scheduler/scheduler.ts';
import type { Capacity } from '../scheduler/slots.ts';
import type { DataFinder } from '../data/find-data.ts';
import type { AssetStore } from '../store/asset-store.ts';
import { leavesOf, openScope, outputsOf, portOf, sourceOfStep, validationOfScope, type PipelineScope, type StepPort } from './pipeline-scope.ts';
import { leftOutOf } from './left-out.ts';
import { pinnedIn } from './pinned-steps.ts';
import { sameNames } from './resolve-outputs.ts';
import { resolveStep } from './resolve-step.ts';
import { selectSteps, withWhatIsMissing, type Selection } from './select-steps.ts';
import { createStepParts, type StepParts } from './step-parts.ts';

export interface ResolveParts {
  readonly components: ComponentRegistry;
  readonly environmentRegistry: EnvironmentRegistry;
  readonly artifacts: ArtifactStore;
  readonly data: DataFinder;
  readonly assets: Pick<AssetStore, 'find'>;
  /** Whether data behind addresses may be fetched: for a run, not for a plan. */
  readonly mayFetch: boolean;
  readonly machine: Capacity;
  /** Whether an earlier result can stand in for a step that is not among those that are asked for. */
  readonly hasResult: (step: string, request: RunRequest) => Promise<boolean>;
}

export type ResolvedRun =
  | {
      readonly ok: true;
      readonly snapshot: RunSnapshot;
      readonly inputs: Record<string, Json>;
      readonly problems: readonly Problem[];
      /** Steps for which an earlier result is to stand in. */
      readonly outside: ReadonlySet<string>;
      /** Steps that are run because those that were asked for read them. */
      readonly missing: ReadonlySet<string>;
      /** Steps that take the result of a run that a person has chosen. */
      readonly pinned: ReadonlyMap<string, Donor>;
      readonly leftOut: readonly LeftOutStep[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * From what somebody wrote to what will run: options applied, the document validated, every step pinned to exact
 * component, code, environment, values and data. Nothing is started, but code is stored, so that the run stays what it
 * is whatever happens to the files. Warnings and notes come along with a snapshot; an error leaves none.
 */
export async function resolveRun(parts: ResolveParts, request: RunRequest): Promise<ResolvedRun> {
  // Whoever asks has just read the document, which takes its time where it is large.
  await othersFirst();
  const document = withOptions(request.document, request.options);
  const scope = await openScope(parts.components, document, request.folder);
  const part = selectSteps(scope, request.options);
  if (!part.ok) return part;
  const selection = await selectionOf(parts, request, { scope, asked: part.selection });
  const isMeant = (problem: Problem): boolean => selection === null || concerns(problem, { scope, selected: selection.selected });
  const wrongInputs = checkGivenInputs(request.document, request.options);
  const problems: Problem[] = [...wrongInputs, ...(await fairly(validationOfScope(scope, { isMeant, told: new Set() }))).flat()];
  if (hasErrors(problems)) return { ok: false, problems: withoutEchoes(problems) };

  const resolved: Resolved = { steps: {}, nested: {} };
  const outside = selection?.outside ?? new Set<string>();
  const isWanted = (key: string): boolean => selection === null || selection.selected.has(key) || outside.has(key);
  problems.push(...(await resolveSteps(createStepParts(parts), scope, { isWanted, resolved, turns: new FairTurns() })));
  problems.push(...sameNames(resolved.steps));
  if (hasErrors(problems)) return { ok: false, problems };
  return {
    ok: true,
    snapshot: toSnapshot(request, scope, resolved),
    inputs: inputValues(document),
    problems,
    outside,
    missing: selection?.missing ?? new Set(),
    pinned: pinnedIn(scope),
    leftOut: leftOutOf(scope),
  };
}

async function selectionOf(
  { hasResult }: ResolveParts,
  request: RunRequest,
  { scope, asked }: { readonly scope: PipelineScope; readonly asked: Selection | null },
): Promise<Selection | null> {
  if (asked === null || request.options.withMissing !== true) return asked;
  const pinned = pinnedIn(scope);
  return await withWhatIsMissing(scope, asked, async (step) => pinned.has(step) || (await hasResult(step, request)));
}

/** An input without a value concerns those who read it; what else is said of no step, everybody. */
function concerns({ code, step, port }: Problem, { scope, selected }: { readonly scope: PipelineScope; readonly selected: ReadonlySet<string> }): boolean {
  if (step !== undefined) return isSelected(selected, step);
  if (code !== 'missing-pipeline-input' || port === undefined) return true;
  return Object.entries(scope.document.jobs).some(([key, job]) => isSelected(selected, key) && pipelineInputsRead(job).has(port));
}

/** A problem of a pipeline concerns whoever asks for a step in it. */
function isSelected(selected: ReadonlySet<string>, step: string): boolean {
  return selected.has(step) || [...selected].some((key) => key.startsWith(`${step}/`));
}

interface Resolved {
  readonly steps: Record<string, ResolvedStep>;
  readonly nested: Record<string, NestedPipeline>;
}

interface Resolving {
  readonly isWanted: (key: string) => boolean;
  readonly resolved: Resolved;
  readonly turns: FairTurns;
}

/** Pins the steps of a pipeline in topological order, those of a pipeline in it in its place. */
async function resolveSteps(parts: StepParts, scope: PipelineScope, resolving: Resolving): Promise<Problem[]> {
  const { isWanted, resolved, turns } = resolving;
  const problems: Problem[] = [];
  for (const key of topologicalOrder(scope.document)) {
    await turns.rest();
    const inner = scope.inside.get(key);
    const full = `${scope.prefix}${key}`;
    if (inner) {
      if (leavesOf(scope, key).some(isWanted)) resolved.nested[full] = nestedPipeline(scope, key, inner);
      problems.push(...(await resolveSteps(parts, inner, resolving)));
    } else if (isWanted(full)) {
      const outcome = await resolveStep(parts, { scope, key });
      problems.push(...outcome.problems);
      if (outcome.step) resolved.steps[full] = outcome.step;
    }
  }
  return problems;
}

function nestedPipeline(scope: PipelineScope, key: string, inner: PipelineScope): NestedPipeline {
  const step = scope.document.jobs[key];
  if (!step) throw new Error(`Internal error: expected step ${key}`);
  return {
    displayName: step.display_name ?? inner.document.display_name ?? key,
    componentReference: componentReferenceOf(step),
    ...pinOf(scope, step),
    ...splitLayout(inner.written),
    components: inner.found.lookup,
    outputs: Object.fromEntries([...outputsOf(inner).keys()].flatMap((name) => outputInRun(scope, { step: key, output: name }, name))),
  };
}

function pinOf(scope: PipelineScope, step: Step): Pick<NestedPipeline, 'asset'> {
  const asset = sourceOfStep(scope, step)?.asset ?? null;
  return asset === null ? {} : { asset };
}

function outputInRun(scope: PipelineScope, { step, output }: StepPort, name: string): [string, StepPort][] {
  const port = portOf(scope, step, output);
  return port ? [[name, port]] : [];
}

function withOptions(document: Pipeline, options: RunOptions): Pipeline {
  const settings = PipelineSettings.safeParse({ ...document.settings, ...options.settings });
  const inputs: Record<string, PipelineInput> = { ...document.inputs };
  for (const [name, value] of Object.entries(options.inputs ?? {})) inputs[name] = givenValue(document.inputs[name], value);
  for (const [name, input] of Object.entries(inputs)) inputs[name] = withTime(input);
  return { ...document, inputs, settings: settings.success ? settings.data : document.settings };
}

/** What Azure fills in when a schedule is due: here the moment at which the run is asked for. */
const triggerTime = /\$\{\{\s*creation_context\.trigger_time\s*\}\}/g;

function withTime(input: PipelineInput): PipelineInput {
  if (typeof input === 'string') return input.replaceAll(triggerTime, () => new Date().toISOString());
  if (input === null || typeof input !== 'object' || !('default' in input) || typeof input.default !== 'string') return input;
  return { ...input, default: input.default.replaceAll(triggerTime, () => new Date().toISOString()) };
}

/** A text given on the command line takes the type that the pipeline says: a number, a truth value, or a path to data. */
function givenValue(declared: PipelineInput | undefined, given: PipelineInput): PipelineInput {
  if (typeof given !== 'string') return given;
  const { type } = pipelineInputValue(declared);
  if (type !== null && !isScalarType(type)) return { type, path: given };
  const value = type === null ? given : coerceLiteral(given, type, 'decimal');
  return typeof value === 'string' ? asText(value) : value;
}

/** What Azure's tools would read as another number in a file was not read from one: the input says that it is a text. */
const asText = (text: string): PipelineInput => (numberOf(text) === decimalOf(text) ? text : { type: 'string', default: text });

function checkGivenInputs(document: Pipeline, options: RunOptions): Problem[] {
  const declared = Object.keys(document.inputs);
  return Object.entries(options.inputs ?? {}).flatMap(([name, value]): Problem[] => {
    if (declared.includes(name)) return checkDeclaredValue(name, { declared: document.inputs[name], value, reading: 'decimal' });
    const message = `The pipeline has no input ${name}.${didYouMean(name, declared)} It has: ${declared.join(', ') || 'none'}.`;
    return [{ severity: 'error', code: 'unknown-pipeline-input', message, port: name, path: ['inputs'] }];
  });
}

/** A component that was found broken is reported by what is wrong in it, not once more as unknown. */
function withoutEchoes(problems: readonly Problem[]): Problem[] {
  const explained = new Set(problems.filter(({ code }) => code === 'invalid-component' || code === 'missing-file').map(({ step }) => step));
  return problems.filter(({ code, step }) => code !== 'missing-component' || !explained.has(step));
}

function toSnapshot(request: RunRequest, scope: PipelineScope, { steps, nested }: Resolved): RunSnapshot {
  const { document } = scope;
  const { on_finalize: finalStep } = document.settings;
  const outputs = [...outputsOf(scope)].flatMap(([name, port]) => outputInRun(scope, port, name));
  return {
    document: scope.written,
    layout: request.layout,
    components: scope.found.lookup,
    steps,
    outputs: Object.fromEntries(outputs.filter(([, { step }]) => Object.hasOwn(steps, step))),
    ...(Object.keys(nested).length === 0 ? {} : { nested }),
    folder: request.folder,
    force: request.options.force ?? document.settings.force_rerun ?? false,
    continueOnStepFailure: document.settings.continue_on_step_failure ?? true,
    maxParallel: document.settings.max_parallel ?? null,
    ...(document.settings.timeout === undefined ? {} : { timeoutMs: document.settings.timeout * 1000 }),
    ...(finalStep !== undefined && Object.hasOwn(steps, finalStep) ? { finalStep } : {}),
    ...(request.resumes === undefined ? {} : { resumes: [...request.resumes] }),
  };
}

function inputValues(document: Pipeline): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(document.inputs).flatMap(([name, input]): [string, Json][] => {
      const { value } = pipelineInputValue(input);
      return value === null ? [] : [[name, value.kind === 'literal' ? value.value : value.reference.path]];
    }),
  );
}
