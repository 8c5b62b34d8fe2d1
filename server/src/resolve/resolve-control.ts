import { isAbsolute, resolve } from 'node:path';
import { parseBinding } from '@pipewright/shared/expressions/binding.ts';
import { stepTitle } from '@pipewright/shared/graph/validate/step-scope.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { followBinding } from '@pipewright/shared/pipeline/follow-binding.ts';
import { pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { readItems, toItem } from '@pipewright/shared/pipeline/read-items.ts';
import { dependenciesOf, parseBytes, retryPolicyOf, type ForEach } from '@pipewright/shared/pipeline/step-control.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import type { LoopSource, ResolvedControl } from '@pipewright/shared/run/run-snapshot.ts';
import type { Capacity } from '../scheduler/slots.ts';
import type { StepToResolve } from './resolve-step.ts';

export interface ControlOutcome {
  /** Undefined: the step says nothing of it. */
  readonly control: ResolvedControl | undefined;
  readonly notes: readonly string[];
  readonly problems: readonly Problem[];
}

/** Whether, when and how often a step runs, with every default filled in; what the machine cannot give is said. */
export function resolveControl({ key, document, folder }: StepToResolve, step: Step, machine: Capacity): ControlOutcome {
  const { resources, notes, problems } = resolveResources(key, step, machine);
  const retry = retryPolicyOf(step.retries);
  const forEach = step.for_each ? resolveLoop(step.for_each, document, folder) : null;
  const control: ResolvedControl = {
    retry: retry && { ...retry, on: [...retry.on], exitCodes: retry.exitCodes && [...retry.exitCodes] },
    timeoutMs: step.limits?.timeout === undefined ? null : step.limits.timeout * 1000,
    after: [...dependenciesOf(step)],
    when: step.when === undefined ? null : String(step.when),
    // The last step is there for what it does, not for what it puts out.
    reuse: step.reuse ?? (document.settings.on_finalize === key ? 'never' : 'auto'),
    resources,
    forEach,
    standIn: null,
  };
  return { control: isPlain(control) ? undefined : control, notes, problems };
}

/** Most steps are: a run of ten thousand must not carry ten thousand times that there is nothing to say. */
function isPlain({ retry, timeoutMs, after, when, reuse, resources, forEach, standIn }: ResolvedControl): boolean {
  return (
    retry === null &&
    timeoutMs === null &&
    after.length === 0 &&
    when === null &&
    reuse === 'auto' &&
    resources === null &&
    forEach === null &&
    standIn === null
  );
}

/** The validator has seen to it that the items can be read. */
function resolveLoop({ items, input = 'item', max_parallel }: ForEach, document: Pipeline, folder: string | null): ResolvedControl['forEach'] {
  return { items: sourceOf(items, document, folder), input, maxParallel: max_parallel ?? null };
}

function sourceOf(items: ForEach['items'], document: Pipeline, folder: string | null): LoopSource {
  if (typeof items !== 'string') return { kind: 'list', items: items.map(toItem) };
  const binding = parseBinding(items);
  if (binding === null) return { kind: 'list', items: readItems(items) ?? [] };
  const source = followBinding(document, binding);
  if (source.kind === 'step-output') return { kind: 'output', step: source.step, output: source.name };
  const { value } = pipelineInputValue(source.kind === 'pipeline-input' ? document.inputs[source.name] : undefined);
  if (value?.kind === 'data')
    return { kind: 'folder', path: isAbsolute(value.reference.path) ? value.reference.path : resolve(folder ?? '', value.reference.path) };
  return { kind: 'list', items: readItems(String(value?.value ?? '')) ?? [] };
}

function resolveResources(key: string, step: Step, machine: Capacity): { resources: Capacity | null; notes: string[]; problems: Problem[] } {
  const { cpu, memory, gpu = 0 } = step.resources ?? {};
  if (cpu === undefined && memory === undefined && gpu === 0) return { resources: null, notes: [], problems: [] };
  const resources = { cpu: cpu ?? 1, memoryBytes: memory === undefined ? 0 : (parseBytes(memory) ?? 0), gpu };
  if (gpu > machine.gpu) {
    const has = machine.gpu === 0 ? 'no graphics card' : `${machine.gpu} graphics cards`;
    const message = `${stepTitle(key, step)} needs ${gpu} of them, and this machine has ${has}. Say how many there are as gpus in config.yml if that is wrong.`;
    return {
      resources,
      notes: [],
      problems: [{ severity: 'error', code: 'not-enough-resources', message, step: key, path: ['jobs', key, 'resources', 'gpu'] }],
    };
  }
  const notes: string[] = [];
  if (resources.cpu > machine.cpu) notes.push(`It asks for ${resources.cpu} CPUs and gets the ${machine.cpu} that there are: it runs alone.`);
  if (resources.memoryBytes > machine.memoryBytes) notes.push('It asks for more memory than the machine has: it runs alone.');
  return { resources, notes, problems: [] };
}
