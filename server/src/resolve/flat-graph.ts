import { bindingsIn, type Binding } from '@pipewright/shared/expressions/binding.ts';
import { classifyInput } from '@pipewright/shared/pipeline/classify-input.ts';
import type { StepInput } from '@pipewright/shared/pipeline/input-value.ts';
import { stepBeforeAll } from '@pipewright/shared/pipeline/control-references.ts';
import { dependenciesOf } from '@pipewright/shared/pipeline/step-control.ts';
import { inputsOf } from '@pipewright/shared/pipeline/step-inputs.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import { pinnedIn } from './pinned-steps.ts';
import { leavesOf, portOf, type PipelineScope } from './pipeline-scope.ts';

/** A process of a run: a step that is no pipeline. */
interface Leaf {
  readonly scope: PipelineScope;
  readonly key: string;
  readonly step: Step;
}

/** The processes of a run and whom each waits for, with the pipelines inside it opened up; by their keys in the run. */
export interface FlatGraph {
  /** In topological order where the documents are. */
  readonly keys: readonly string[];
  /** What it reads, or what its condition or its loop asks for. */
  readonly read: ReadonlyMap<string, ReadonlySet<string>>;
  /** The same, and what merely comes before it. */
  readonly above: ReadonlyMap<string, ReadonlySet<string>>;
}

export function flatGraphOf(root: PipelineScope): FlatGraph {
  const read = new Map<string, Set<string>>();
  const above = new Map<string, Set<string>>();
  const pinned = pinnedIn(root);
  for (const leaf of leavesIn(root)) {
    const key = `${leaf.scope.prefix}${leaf.key}`;
    const sources = new Set<string>();
    const before = new Set<string>();
    // What is pinned reads nothing, and waits for nobody.
    if (!pinned.has(key)) {
      collectData(leaf, sources);
      collectControl(leaf, { sources, before });
    }
    read.set(key, sources);
    above.set(key, new Set([...sources, ...before]));
  }
  const last = root.document.settings.on_finalize;
  if (last !== undefined) for (const key of read.keys()) if (key !== last) above.get(last)?.add(key);
  return { keys: [...read.keys()], read, above };
}

function* leavesIn(scope: PipelineScope): Generator<Leaf> {
  for (const [key, step] of Object.entries(scope.document.jobs)) {
    const inner = scope.inside.get(key);
    if (inner) yield* leavesIn(inner);
    else yield { scope, key, step };
  }
}

function collectData({ scope, step }: Leaf, sources: Set<string>): void {
  for (const value of Object.values(inputsOf(step))) collectFrom(scope, value, sources);
}

function collectFrom(scope: PipelineScope, value: StepInput | undefined, sources: Set<string>): void {
  const content = classifyInput(value);
  const bindings = content.kind === 'binding' ? [content.binding] : content.kind === 'template' ? content.bindings.flatMap(({ binding }) => binding ?? []) : [];
  for (const binding of bindings) collectBinding(scope, binding, sources);
}

function collectBinding(scope: PipelineScope, binding: Binding, sources: Set<string>): void {
  const { parent } = scope;
  switch (binding.source) {
    case 'step-output': {
      const port = portOf(scope, binding.step, binding.name);
      if (port) sources.add(port.step);
      return;
    }
    case 'step-input':
      return collectFrom(scope, scope.document.jobs[binding.step]?.inputs[binding.name], sources);
    case 'pipeline-input':
      return parent ? collectFrom(parent.scope, parent.scope.document.jobs[parent.key]?.inputs[binding.name], sources) : undefined;
    case 'step-status':
      for (const leaf of leavesOf(scope, binding.step)) sources.add(leaf);
      return;
    case 'pipeline-output':
      return;
  }
}

/** What a step says of its order, and what is said of the pipelines that it is in. */
function collectControl({ scope, key, step }: Leaf, found: { readonly sources: Set<string>; readonly before: Set<string> }): void {
  const first = stepBeforeAll(key, scope.document);
  if (first !== null) for (const leaf of leavesOf(scope, first)) found.before.add(leaf);
  for (const before of dependenciesOf(step)) for (const leaf of leavesOf(scope, before)) found.before.add(leaf);
  for (const text of [step.when, step.for_each?.items]) {
    if (typeof text === 'string') for (const { binding } of bindingsIn(text)) if (binding) collectBinding(scope, binding, found.sources);
  }
  const around = scope.parent?.scope.document.jobs[scope.parent.key];
  if (scope.parent && around) collectControl({ ...scope.parent, step: around }, found);
}
