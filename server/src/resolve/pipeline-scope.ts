import { translateControlSteps } from '@pipewright/shared/azure/translate-control-steps.ts';
import type { PipelineComponent } from '@pipewright/shared/component/component.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { type Aside, setAside } from '@pipewright/shared/graph/set-aside.ts';
import { validationOf } from '@pipewright/shared/graph/validate-pipeline.ts';
import { stepTitle } from '@pipewright/shared/graph/validate/step-scope.ts';
import { classifyInput } from '@pipewright/shared/pipeline/classify-input.ts';
import { filledOutput } from '@pipewright/shared/pipeline/filled-output.ts';
import type { PipelineInput } from '@pipewright/shared/pipeline/input-value.ts';
import { PipelineSettings, type Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { componentReferenceOf, type Step } from '@pipewright/shared/pipeline/step.ts';
import { extensionKey } from '@pipewright/shared/yaml/read-pipeline.ts';
import type { ComponentRegistry, FoundComponent } from '../registry/component-registry.ts';
import { findComponents, type FoundComponents } from './find-components.ts';

/** A pipeline with the components it names, and, for each step that is a pipeline, the same of that one. */
export interface PipelineScope {
  /** As it runs. */
  readonly document: Pipeline;
  /** As it is written: other than what runs where Azure's own control flow is in it. */
  readonly written: Pipeline;
  /** Relative paths in the document are resolved against it. */
  readonly folder: string | null;
  readonly found: FoundComponents;
  /** What stands before the keys of its steps in a run: empty, or `outer/`. */
  readonly prefix: string;
  /** Its file, or its name; null for the pipeline of the run. */
  readonly definition: string | null;
  /** The step that it is, and where; null for the pipeline of the run. */
  readonly parent: { readonly scope: PipelineScope; readonly key: string } | null;
  readonly inside: ReadonlyMap<string, PipelineScope>;
  /** Its steps that do not run: they are not in `document`. */
  readonly aside: ReadonlyMap<string, Aside>;
  /** What cannot be opened: a pipeline that contains itself. */
  readonly problems: readonly Problem[];
  readonly locate: (problems: readonly Problem[]) => Problem[];
}

interface Opening {
  readonly registry: ComponentRegistry;
  readonly folder: string | null;
  readonly prefix: string;
  readonly parent: PipelineScope['parent'];
  readonly locate: PipelineScope['locate'];
  /** The files, or names, of the pipelines that this one is in. */
  readonly within: readonly string[];
}

/** Opens a pipeline and every pipeline in it. */
export async function openScope(registry: ComponentRegistry, document: Pipeline, folder: string | null): Promise<PipelineScope> {
  return await open(document, { registry, folder, prefix: '', parent: null, locate: (problems) => [...problems], within: [] });
}

async function open(written: Pipeline, opening: Opening): Promise<PipelineScope> {
  const { registry, folder, prefix, parent, locate, within } = opening;
  const found = await findComponents(registry, written, folder);
  const translated = translateControlSteps(written);
  const { document, aside } = setAside(translated, found.lookup);
  const inside = new Map<string, PipelineScope>();
  const problems: Problem[] = [];
  const definition = within.at(-1) ?? null;
  const scope: Opened = { document, written, folder, found, prefix, definition, parent, inside, aside, problems, locate };
  // Nearly every pipeline has none: its steps need not be gone through.
  if (![...found.sources.values()].some(({ component }) => component.type === 'pipeline')) return scope;
  const openInside = async (key: string, step: Step): Promise<void> => {
    const reference = componentReferenceOf(step);
    const source = reference === null ? undefined : found.sources.get(reference);
    if (source?.component.type !== 'pipeline') return;
    const identity = source.source === 'file' ? (source.definition ?? '') : `azureml:${source.component.name}:${source.component.version}`;
    if (within.includes(identity)) {
      problems.push(containsItself(key, step, [...within.slice(within.indexOf(identity)), identity]));
      return;
    }
    const next = { registry, folder: source.folder, prefix: `${prefix}${key}/`, parent: { scope, key }, locate: source.locate, within: [...within, identity] };
    inside.set(key, await open(asGiven(source.component, step), next));
  };
  for (const [key, step] of Object.entries(document.jobs)) await openInside(key, step);
  if ([...inside.values()].some((inner) => inner.aside.size > 0)) {
    Object.assign(
      scope,
      setAside(translated, found.lookup, (step, output) => isLeftOpen(inside.get(step), output)),
    );
    for (const key of inside.keys()) {
      const step = scope.document.jobs[key];
      if (!step) inside.delete(key);
      // It is given less now: what it takes by itself counts again.
      else if (step !== document.jobs[key]) await openInside(key, step);
    }
  }
  return scope;
}

/** What is not run in a pipeline inside is known once that is open; then more may have to be left out around it. */
type Opened = { -readonly [K in keyof PipelineScope]: PipelineScope[K] };

/** A step of it would fill the output, and is not run. */
function isLeftOpen(inner: PipelineScope | undefined, output: string): boolean {
  return inner !== undefined && outputsOf({ document: inner.written }).has(output) && !outputsOf(inner).has(output);
}

function containsItself(key: string, step: Step, circle: readonly string[]): Problem {
  const message = `${stepTitle(key, step)} is a pipeline that contains itself: ${circle.join(' → ')}. Take it out of one of them.`;
  return { severity: 'error', code: 'contains-itself', message, step: key, path: ['jobs', key, 'component'] };
}

/** The graph of a component as this step uses it: an input that it is given is there, whatever the component says of it. */
function asGiven(component: PipelineComponent, step: Step): Pipeline {
  const inputs = Object.entries(component.inputs).map(([name, declared]): [string, PipelineInput] => {
    const content = classifyInput(step.inputs[name]);
    if (content.kind === 'absent') return [name, declared];
    const { default: _own, optional: _may, ...rest } = declared;
    return [name, content.kind === 'literal' ? { ...rest, default: content.value } : rest];
  });
  const { name, version, display_name, description, outputs, jobs, [extensionKey]: extension } = component;
  const settings = PipelineSettings.safeParse(component['settings'] ?? {});
  return {
    type: 'pipeline',
    name,
    version,
    display_name,
    description,
    inputs: Object.fromEntries(inputs),
    outputs,
    jobs,
    settings: settings.success ? settings.data : {},
    ...(extension === undefined ? {} : { [extensionKey]: extension }),
  };
}

interface Telling {
  /** Whether a problem, with its step's key in the run, is asked about. */
  readonly isMeant: (problem: Problem) => boolean;
  /** What has been said, by its sameness. */
  readonly told: Set<string>;
}

/**
 * What the rules say of a pipeline and of those in it, piece by piece; what is wrong inside is told with its own file, and once,
 * by the first place where it is used and asked about.
 */
export function* validationOfScope(scope: PipelineScope, telling: Telling = { isMeant: () => true, told: new Set() }): Generator<readonly Problem[]> {
  for (const problems of validationOf(scope.written, scope.found.lookup)) yield asTopLevel(scope, problems, telling);
  yield asTopLevel(scope, [...scope.found.problems, ...scope.problems], telling);
  for (const inner of scope.inside.values()) yield* validationOfScope(inner, telling);
}

/** What makes a problem the same as another, wherever the file or the pipeline that it is in is used. */
function sameness({ definition }: PipelineScope, { code, message, file, line, column, step, port, path }: Problem): string {
  return JSON.stringify(file === undefined ? [definition, code, message, step, port, path] : [file, line, column, code, message]);
}

const ofValues: ReadonlySet<string> = new Set(['out-of-range', 'invalid-literal', 'not-in-enum']);

/** The inputs of a pipeline get their values from the step that it is; only where that gives none, a default is the pipeline's own. */
function isToldByStep({ code, path }: Problem, { scope, key }: NonNullable<PipelineScope['parent']>): boolean {
  if (code === 'missing-pipeline-input') return true;
  const [part, name = ''] = path ?? [];
  return part === 'inputs' && ofValues.has(code) && classifyInput(scope.document.jobs[key]?.inputs[name]).kind !== 'absent';
}

function asTopLevel(scope: PipelineScope, problems: readonly Problem[], { isMeant, told }: Telling): Problem[] {
  const { parent } = scope;
  if (parent === null) {
    const meant = problems.filter(isMeant);
    for (const problem of meant) told.add(sameness(scope, problem));
    return meant;
  }
  const inRun = ({ step }: Problem): string => (step === undefined ? scope.prefix.slice(0, -1) : `${scope.prefix}${step}`);
  const isNew = (problem: Problem): boolean => {
    const same = sameness(scope, problem);
    if (told.has(same)) return false;
    told.add(same);
    return true;
  };
  const [outermost] = scope.prefix.split('/');
  const own = problems.filter(
    (problem) =>
      !isToldByStep(problem, parent) &&
      problem.code !== 'unfilled-output' &&
      problem.severity !== 'note' &&
      isMeant({ ...problem, step: inRun(problem) }) &&
      isNew(problem),
  );
  return scope.locate(own).map(({ fix: _inside, ...problem }) => ({
    ...problem,
    step: inRun(problem),
    message: problem.file === undefined ? `In ${scope.prefix.slice(0, -1)}: ${problem.message}` : problem.message,
    path: problem.file === undefined ? ['jobs', outermost ?? '', 'component'] : (problem.path ?? []),
  }));
}

export interface StepPort {
  readonly step: string;
  readonly output: string;
}

/** Where an output of a step comes from, by the step's key in the run: of a pipeline, from the step inside that fills it. */
export function portOf(scope: PipelineScope, key: string, output: string): StepPort | null {
  const inner = scope.inside.get(key);
  if (!inner) return { step: `${scope.prefix}${key}`, output };
  const filled = outputsOf(inner).get(output);
  return filled ? portOf(inner, filled.step, filled.output) : null;
}

/** The outputs of a pipeline and which of its steps fill them, by their keys in the document. */
export function outputsOf({ document }: Pick<PipelineScope, 'document'>): ReadonlyMap<string, StepPort> {
  const outputs = new Map<string, StepPort>();
  for (const [step, { outputs: bound }] of Object.entries(document.jobs)) {
    for (const [output, target] of Object.entries(bound)) {
      const filled = filledOutput(target);
      if (filled !== null) outputs.set(filled, { step, output });
    }
  }
  return outputs;
}

/** The keys in the run of the processes that a step stands for: itself, or all that are inside it. */
export function leavesOf(scope: PipelineScope, key: string): string[] {
  const inner = scope.inside.get(key);
  return inner ? Object.keys(inner.document.jobs).flatMap((step) => leavesOf(inner, step)) : [`${scope.prefix}${key}`];
}

/** The component that a step of a pipeline uses, with its place. */
export const sourceOfStep = ({ found }: PipelineScope, step: Step): FoundComponent | undefined => {
  const reference = componentReferenceOf(step);
  return reference === null ? undefined : found.sources.get(reference);
};

/** The step of a problem by its key in the run, and where it is written in the run's own document: for one inside, the step it is in. */
export function placeOfStep(scope: PipelineScope, key: string, path: readonly string[] = []): Required<Pick<Problem, 'step' | 'path'>> {
  const step = `${scope.prefix}${key}`;
  return { step, path: scope.parent === null ? ['jobs', key, ...path] : ['jobs', scope.prefix.slice(0, scope.prefix.indexOf('/')), 'component'] };
}
