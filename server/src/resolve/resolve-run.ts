import { coerceLiteral } from '@pipewright/shared/graph/validate/check-literal.ts';
import { hasErrors, type Problem } from '@pipewright/shared/graph/problem.ts';
import { didYouMean } from '@pipewright/shared/graph/suggest-name.ts';
import { topologicalOrder } from '@pipewright/shared/graph/topological-order.ts';
import { validationOf } from '@pipewright/shared/graph/validate-pipeline.ts';
import { parseBinding } from '@pipewright/shared/expressions/binding.ts';
import type { Json } from '@pipewright/shared/json.ts';
import { PipelineSettings, type Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import type { PipelineInput } from '@pipewright/shared/pipeline/input-value.ts';
import type { RunOptions } from '@pipewright/shared/run/run-options.ts';
import type { ResolvedStep, RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import { FairTurns, fairly, othersFirst } from '../fair-turns.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { ComponentRegistry } from '../registry/component-registry.ts';
import type { EnvironmentRegistry } from '../registry/environment-registry.ts';
import type { RunRequest } from '../scheduler/scheduler.ts';
import type { Capacity } from '../scheduler/slots.ts';
import { findComponents, type FoundComponents } from './find-components.ts';
import { resolveStep } from './resolve-step.ts';
import { selectSteps } from './select-steps.ts';

export interface ResolveParts {
  readonly components: ComponentRegistry;
  readonly environmentRegistry: EnvironmentRegistry;
  readonly artifacts: ArtifactStore;
  readonly machine: Capacity;
}

export type ResolvedRun =
  | {
      readonly ok: true;
      readonly snapshot: RunSnapshot;
      readonly inputs: Record<string, Json>;
      readonly problems: readonly Problem[];
      /** Steps for which an earlier result is to stand in. */
      readonly outside: ReadonlySet<string>;
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
  const found = await findComponents(parts.components, document, request.folder);
  const part = selectSteps(document, request.options);
  if (!part.ok) return part;
  const { selection } = part;
  const isMeant = ({ step }: Problem): boolean => step === undefined || selection === null || selection.selected.has(step);
  const unknownInputs = checkGivenInputs(request.document, request.options);
  const problems: Problem[] = [...unknownInputs, ...[...(await fairly(validationOf(document, found.lookup))).flat(), ...found.problems].filter(isMeant)];
  if (hasErrors(problems)) return { ok: false, problems: withoutEchoes(problems) };

  const steps: Record<string, ResolvedStep> = {};
  const outside = selection?.outside ?? new Set<string>();
  const turns = new FairTurns();
  for (const key of topologicalOrder(document)) {
    await turns.rest();
    if (selection && !selection.selected.has(key) && !outside.has(key)) continue;
    const resolved = await resolveStep(parts, { document, key, found, folder: request.folder });
    problems.push(...resolved.problems);
    if (resolved.step) steps[key] = resolved.step;
  }
  if (hasErrors(problems)) return { ok: false, problems };
  return { ok: true, snapshot: toSnapshot(request, document, { found, steps }), inputs: inputValues(document), problems, outside };
}

function withOptions(document: Pipeline, options: RunOptions): Pipeline {
  const settings = PipelineSettings.safeParse({ ...document.settings, ...options.settings });
  const inputs: Record<string, PipelineInput> = { ...document.inputs };
  for (const [name, value] of Object.entries(options.inputs ?? {})) inputs[name] = givenValue(document.inputs[name], value);
  return { ...document, inputs, settings: settings.success ? settings.data : document.settings };
}

/** A text given on the command line takes the type that the pipeline says: a number, a truth value, or a path to data. */
function givenValue(declared: PipelineInput | undefined, given: PipelineInput): PipelineInput {
  if (typeof given !== 'string') return given;
  const { type } = pipelineInputValue(declared);
  if (type === 'number' || type === 'integer' || type === 'boolean') return coerceLiteral(given, type);
  if (type === null || type === 'string') return given;
  return { type, path: given };
}

function checkGivenInputs(document: Pipeline, options: RunOptions): Problem[] {
  const declared = Object.keys(document.inputs);
  return Object.keys(options.inputs ?? {})
    .filter((name) => !declared.includes(name))
    .map((name) => ({
      severity: 'error',
      code: 'unknown-pipeline-input',
      message: `The pipeline has no input ${name}.${didYouMean(name, declared)} It has: ${declared.join(', ') || 'none'}.`,
      port: name,
      path: ['inputs'],
    }));
}

/** A component that was found broken is reported by what is wrong in it, not once more as unknown. */
function withoutEchoes(problems: readonly Problem[]): Problem[] {
  const explained = new Set(problems.filter(({ code }) => code === 'invalid-component' || code === 'missing-file').map(({ step }) => step));
  return problems.filter(({ code, step }) => code !== 'unknown-component' || !explained.has(step));
}

interface Resolved {
  readonly found: FoundComponents;
  readonly steps: Record<string, ResolvedStep>;
}

function toSnapshot(request: RunRequest, document: Pipeline, { found, steps }: Resolved): RunSnapshot {
  const { on_finalize: finalStep } = document.settings;
  return {
    document,
    layout: request.layout,
    components: found.lookup,
    steps,
    outputs: pipelineOutputs(document, steps),
    folder: request.folder,
    force: request.options.force ?? document.settings.force_rerun ?? false,
    continueOnStepFailure: document.settings.continue_on_step_failure ?? true,
    maxParallel: document.settings.max_parallel ?? null,
    ...(document.settings.timeout === undefined ? {} : { timeoutMs: document.settings.timeout * 1000 }),
    ...(finalStep !== undefined && Object.hasOwn(steps, finalStep) ? { finalStep } : {}),
    ...(request.resumes === undefined ? {} : { resumes: [...request.resumes] }),
  };
}

function pipelineOutputs(document: Pipeline, steps: Readonly<Record<string, unknown>>): RunSnapshot['outputs'] {
  const outputs: RunSnapshot['outputs'] = {};
  for (const [step, { outputs: bound }] of Object.entries(document.jobs)) {
    for (const [output, target] of Object.entries(bound)) {
      const binding = typeof target === 'string' ? parseBinding(target) : null;
      if (binding?.source === 'pipeline-output' && Object.hasOwn(steps, step)) outputs[binding.name] = { step, output };
    }
  }
  return outputs;
}

function inputValues(document: Pipeline): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(document.inputs).flatMap(([name, input]): [string, Json][] => {
      const { value } = pipelineInputValue(input);
      return value === null ? [] : [[name, value.kind === 'literal' ? value.value : value.reference.path]];
    }),
  );
}
