import { isAbsolute, resolve } from 'node:path';
import { bindingsIn, parseBinding } from '@pipewright/shared/expressions/binding.ts';
import { stepTitle } from '@pipewright/shared/graph/validate/step-scope.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { classifyInput, type InputContent } from '@pipewright/shared/pipeline/classify-input.ts';
import { stepBeforeAll } from '@pipewright/shared/pipeline/control-references.ts';
import { followBinding } from '@pipewright/shared/pipeline/follow-binding.ts';
import { pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import { readItems, toItem } from '@pipewright/shared/pipeline/read-items.ts';
import { dependenciesOf, mostRounds, parseBytes, retryPolicyOf, type ForEach } from '@pipewright/shared/pipeline/step-control.ts';
import { readSweep } from '@pipewright/shared/sweep/sweep.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import type { LoopSource, ResolvedControl, ScopedCondition } from '@pipewright/shared/run/run-snapshot.ts';
import type { Capacity } from '../scheduler/slots.ts';
import { leavesOf, placeOfStep, portOf, type PipelineScope } from './pipeline-scope.ts';
import type { StepToResolve } from './resolve-step.ts';

export interface ControlOutcome {
  /** Undefined: the step says nothing of it. */
  readonly control: ResolvedControl | undefined;
  readonly notes: readonly string[];
  readonly problems: readonly Problem[];
}

/** Whether, when and how often a step runs, with every default filled in; what the machine cannot give is said. */
export function resolveControl(subject: StepToResolve, step: Step, machine: Capacity): ControlOutcome {
  const { scope, key } = subject;
  const { resources, notes, problems } = resolveResources(subject, step, machine);
  const retry = retryPolicyOf(step.retries);
  const forEach = step.for_each ? resolveLoop(step.for_each, scope) : null;
  const sweep = step.trial === undefined ? null : readSweep(step);
  const ofTrial = sweep?.ok ? sweep.trialTimeoutMs : null;
  const ofStep = step.limits?.timeout === undefined ? null : step.limits.timeout * 1000;
  const conditions = conditionsOf(scope, step);
  const isOwn = scope.parent === null && scope.inside.size === 0;
  const isLast = scope.parent === null && scope.document.settings.on_finalize === key;
  const isBlind = step.repeat !== undefined && Object.keys(step.repeat.feed ?? {}).length === 0;
  const control: ResolvedControl = {
    retry: retry && { ...retry, on: [...retry.on], exitCodes: retry.exitCodes && [...retry.exitCodes] },
    timeoutMs: sweep === null ? ofStep : ofTrial,
    after: stepsBefore(scope, key, step),
    when: conditions.length === 0 ? null : conditions.map(({ text }) => text).join(' and '),
    ...(isOwn || conditions.length === 0 ? {} : { conditions }),
    // The last step is there for what it does, not for what it puts out; rounds that hand nothing on differ in nothing but that.
    reuse: reuseOf(scope, step) ?? (isLast || isBlind ? 'never' : 'auto'),
    resources,
    forEach,
    ...(step.repeat ? { repeat: { while: step.repeat.while, feed: step.repeat.feed ?? {}, max: step.repeat.max ?? mostRounds } } : {}),
    ...(sweep?.ok ? { sweep: sweep.sweep } : {}),
    standIn: null,
  };
  return { control: isPlain(control) ? undefined : control, notes, problems };
}

/** The step that a pipeline is in the one around it. */
function stepAround({ parent }: PipelineScope): Step | undefined {
  return parent?.scope.document.jobs[parent.key];
}

/** What must have ended before a step, and before the pipelines that it is in. */
function stepsBefore(scope: PipelineScope, key: string, step: Step): string[] {
  const first = stepBeforeAll(key, scope.document);
  const own = [...(first === null ? [] : [first]), ...dependenciesOf(step)].flatMap((before) => leavesOf(scope, before));
  const around = stepAround(scope);
  return scope.parent && around ? [...new Set([...own, ...stepsBefore(scope.parent.scope, scope.parent.key, around)])] : [...new Set(own)];
}

function reuseOf(scope: PipelineScope, step: Step): Step['reuse'] {
  const around = stepAround(scope);
  return step.reuse ?? (scope.parent && around ? reuseOf(scope.parent.scope, around) : undefined);
}

/** The conditions of the pipelines that a step is in, outermost first, and its own. */
function conditionsOf(scope: PipelineScope, step: Step): ScopedCondition[] {
  const around = stepAround(scope);
  const outer = scope.parent && around ? conditionsOf(scope.parent.scope, around) : [];
  if (step.when === undefined) return outer;
  const text = String(step.when);
  const asked = bindingsIn(text).flatMap(({ binding }) => (binding?.source === 'pipeline-input' ? [binding.name] : []));
  return [...outer, { text, within: scope.prefix, inputs: Object.fromEntries(asked.map((name) => [name, valueOfInput(scope, name)])) }];
}

type AskedValue = ScopedCondition['inputs'][string];

/** What an input of a pipeline stands for: a value, or the output of a step that will give it. */
function valueOfInput(scope: PipelineScope, name: string): AskedValue {
  const around = stepAround(scope);
  const content = classifyInput(around?.inputs[name]);
  if (scope.parent && content.kind !== 'absent') return valueOfContent(scope.parent.scope, content);
  const { value } = pipelineInputValue(scope.document.inputs[name]);
  return value?.kind === 'literal' ? value.value : null;
}

function valueOfContent(scope: PipelineScope, content: InputContent): AskedValue {
  if (content.kind === 'literal') return content.value;
  if (content.kind !== 'binding') return null;
  const { binding } = content;
  if (binding.source === 'pipeline-input') return valueOfInput(scope, binding.name);
  if (binding.source === 'step-output') return portOf(scope, binding.step, binding.name);
  return binding.source === 'step-input' ? valueOfContent(scope, classifyInput(scope.document.jobs[binding.step]?.inputs[binding.name])) : null;
}

/** Most steps are: a run of ten thousand must not carry ten thousand times that there is nothing to say. */
function isPlain({ retry, timeoutMs, after, when, reuse, resources, forEach, repeat, sweep, standIn }: ResolvedControl): boolean {
  return (
    retry === null &&
    timeoutMs === null &&
    after.length === 0 &&
    when === null &&
    reuse === 'auto' &&
    resources === null &&
    forEach === null &&
    repeat === undefined &&
    sweep === undefined &&
    standIn === null
  );
}

/** The validator has seen to it that the items can be read. */
function resolveLoop({ items, input = 'item', by_name, max_parallel }: ForEach, scope: PipelineScope): ResolvedControl['forEach'] {
  return { items: sourceOf(items, scope), input: by_name === true ? null : input, maxParallel: max_parallel ?? null };
}

function sourceOf(items: ForEach['items'], scope: PipelineScope): LoopSource {
  if (typeof items !== 'string') return { kind: 'list', items: items.map(toItem) };
  const binding = parseBinding(items);
  if (binding === null) return { kind: 'list', items: readItems(items) ?? [] };
  const { document, folder, parent } = scope;
  const source = followBinding(document, binding);
  if (source.kind === 'step-output') {
    const port = portOf(scope, source.step, source.name);
    return port ? { kind: 'output', ...port } : { kind: 'list', items: [] };
  }
  const given = source.kind === 'pipeline-input' ? stepAround(scope)?.inputs[source.name] : undefined;
  if (parent && typeof given === 'string') return sourceOf(given, parent.scope);
  const { value } = pipelineInputValue(given ?? (source.kind === 'pipeline-input' ? document.inputs[source.name] : undefined));
  const from = given === undefined || given === null ? folder : (parent?.scope.folder ?? folder);
  if (value?.kind === 'data')
    return { kind: 'folder', path: isAbsolute(value.reference.path) ? value.reference.path : resolve(from ?? '', value.reference.path) };
  return { kind: 'list', items: readItems(String(value?.value ?? '')) ?? [] };
}

function resolveResources({ scope, key }: StepToResolve, step: Step, machine: Capacity): { resources: Capacity | null; notes: string[]; problems: Problem[] } {
  const { cpu, memory, gpu = 0 } = step.resources ?? {};
  if (cpu === undefined && memory === undefined && gpu === 0) return { resources: null, notes: [], problems: [] };
  const resources = { cpu: cpu ?? 1, memoryBytes: memory === undefined ? 0 : (parseBytes(memory) ?? 0), gpu };
  if (gpu > machine.gpu) {
    const has = machine.gpu === 0 ? 'no graphics card' : `${machine.gpu} graphics cards`;
    const message = `${stepTitle(key, step)} needs ${gpu} of them, and this machine has ${has}. Say how many there are as gpus in config.yml if that is wrong.`;
    return {
      resources,
      notes: [],
      problems: [{ severity: 'error', code: 'not-enough-resources', message, ...placeOfStep(scope, key, ['resources', 'gpu']) }],
    };
  }
  const notes: string[] = [];
  if (resources.cpu > machine.cpu) notes.push(`It asks for ${resources.cpu} CPUs and gets the ${machine.cpu} that there are: it runs alone.`);
  if (resources.memoryBytes > machine.memoryBytes) notes.push('It asks for more memory than the machine has: it runs alone.');
  return { resources, notes, problems: [] };
}
