import { isAbsolute, relative, resolve } from 'node:path';
import { parseComponentReference } from '@pipewright/shared/component/component-reference.ts';
import type { EnvironmentReference } from '@pipewright/shared/component/environment.ts';
import type { PipelineInput, StepInput } from '@pipewright/shared/pipeline/input-value.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';

/** A document whose relative paths mean the same files when it lies in another folder. */
export function relocate(document: Pipeline, from: string, to: string): Pipeline {
  const move = (path: string): string => movePath(path, from, to);
  return {
    ...document,
    inputs: mapValues(document.inputs, (input) => moveInput(input, move)),
    jobs: mapValues(document.jobs, (step) => moveStep(step, move)),
  };
}

type Move = (path: string) => string;

/** Absolute paths, addresses, assets and bindings stay as they are. */
function movePath(path: string, from: string, to: string): string {
  if (isAbsolute(path) || path.includes('${{') || /^[a-z][a-z0-9+.-]*:/i.test(path)) return path;
  const moved = relative(to, resolve(from, path));
  return moved.startsWith('.') ? moved : `./${moved}`;
}

function moveStep(step: Step, move: Move): Step {
  const { component, trial, task } = step;
  return {
    ...moveCode(step, move),
    inputs: mapValues(step.inputs, (input) => moveInput(input, move)),
    ...(component === undefined ? {} : { component: moveComponent(component, move) }),
    ...(trial === undefined ? {} : { trial: moveComponent(trial, move) }),
    ...(isTask(task) ? { task: moveCode(task, move) } : {}),
  };
}

function moveComponent(component: NonNullable<Step['component']>, move: Move): NonNullable<Step['component']> {
  if (typeof component === 'string') {
    const reference = parseComponentReference(component);
    return reference.kind === 'file' ? move(reference.path) : component;
  }
  if (component.type === 'parallel') return component.task ? { ...component, task: moveCode(component.task, move) } : component;
  return moveCode(component, move);
}

interface WithCode {
  readonly code?: string | null | undefined;
  readonly additional_includes?: string[] | null | undefined;
  readonly environment?: EnvironmentReference | undefined;
}

function moveCode<T extends WithCode>(work: T, move: Move): T {
  const { code, additional_includes: includes, environment } = work;
  return {
    ...work,
    ...(code == null ? {} : { code: move(code) }),
    ...(includes == null ? {} : { additional_includes: includes.map(move) }),
    ...(environment === undefined ? {} : { environment: moveEnvironment(environment, move) }),
  };
}

function moveEnvironment(environment: EnvironmentReference, move: Move): EnvironmentReference {
  if (typeof environment === 'string') return move(environment.replace(/^file:/, ''));
  return typeof environment.conda_file === 'string' ? { ...environment, conda_file: move(environment.conda_file) } : environment;
}

function moveInput<T extends StepInput | PipelineInput>(input: T, move: Move): T {
  return input !== null && typeof input === 'object' && typeof input.path === 'string' ? { ...input, path: move(input.path) } : input;
}

const isTask = (task: Step['task']): task is { code?: string } =>
  task !== null && typeof task === 'object' && !Array.isArray(task) && typeof task['code'] === 'string';

const mapValues = <V>(map: Readonly<Record<string, V>>, change: (value: V) => V): Record<string, V> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
