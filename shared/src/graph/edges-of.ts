import { bindingsIn, parseBinding, type Binding } from '../expressions/binding.ts';
import { followBinding } from '../pipeline/follow-binding.ts';
import type { StepInput } from '../pipeline/input-value.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { inputsOf } from '../pipeline/step-inputs.ts';
import type { Step } from '../pipeline/step.ts';

/** The drawing of one binding from a step's output to a step's input. */
export interface Edge {
  readonly from: { readonly step: string; readonly output: string };
  readonly to: { readonly step: string; readonly input: string };
}

/**
 * Every edge of a pipeline, in the order of the document; those from steps that do not exist are in it too. Where a step
 * reads what another one was given, the edge comes from the output that stands at the end of it.
 */
export function edgesOf(document: Pipeline): Edge[] {
  const edges: Edge[] = [];
  for (const [key, step] of Object.entries(document.jobs)) edges.push(...edgesOfStep(document, key, step));
  return edges;
}

/** Nearly every step reads outputs and nothing else: then its edges hang on nothing but itself, and are those of the document before an edit of another. */
const edgesOfReaders = new WeakMap<Step, { readonly key: string; readonly edges: readonly Edge[] }>();

function edgesOfStep(document: Pipeline, key: string, step: Step): readonly Edge[] {
  const known = edgesOfReaders.get(step);
  if (known?.key === key) return known.edges;
  let readsOutputsOnly = true;
  const edges = Object.entries(inputsOf(step)).flatMap(([input, value]): Edge[] => {
    const text = textOf(value);
    if (typeof text !== 'string' || !text.includes('${{')) return [];
    const binding = parseBinding(text);
    if (binding?.source === 'step-output') return [{ from: { step: binding.step, output: binding.name }, to: { step: key, input } }];
    readsOutputsOnly = false;
    const sources = new Map<string, Edge['from']>();
    collectSources(document, value, { sources, seen: new Set() });
    return [...sources.values()].map((from) => ({ from, to: { step: key, input } }));
  });
  if (readsOutputsOnly) edgesOfReaders.set(step, { key, edges });
  return edges;
}

/** The edges that are written in a step itself, which is all that a drawing of that step depends on. */
export function edgesInto(key: string, step: Step): Edge[] {
  return Object.entries(inputsOf(step)).flatMap(([input, value]) => {
    const sources = new Map<string, Edge['from']>();
    for (const binding of bindingsOf(value)) {
      if (binding.source === 'step-output') sources.set(`${binding.step}.${binding.name}`, { step: binding.step, output: binding.name });
    }
    return [...sources.values()].map((from) => ({ from, to: { step: key, input } }));
  });
}

/** The outputs that stand at the end of a binding: one, or those in the text that it leads to. */
export function sourcesOf(document: Pipeline, binding: Binding): readonly Edge['from'][] {
  const collected: Collected = { sources: new Map(), seen: new Set() };
  collectFrom(document, binding, collected);
  return [...collected.sources.values()];
}

/** Text that names an edge on the page and in tests. */
export const edgeId = ({ from, to }: Edge): string => `${from.step}.outputs.${from.output}->${to.step}.inputs.${to.input}`;

interface Collected {
  /** Each source once, by its name. */
  readonly sources: Map<string, Edge['from']>;
  /** Inputs whose texts were looked into: they may name each other in a circle, or twice. */
  readonly seen: Set<string>;
}

function collectSources(document: Pipeline, value: StepInput, collected: Collected): void {
  for (const binding of bindingsOf(value)) collectFrom(document, binding, collected);
}

function collectFrom(document: Pipeline, binding: Binding, collected: Collected): void {
  const source = followBinding(document, binding);
  if (source.kind === 'step-output') collected.sources.set(`${source.step}.${source.name}`, { step: source.step, output: source.name });
  // A step that does not exist feeds nothing, but what names one of its outputs is drawn broken.
  if (source.kind === 'unknown-step' && binding.source === 'step-output')
    collected.sources.set(`${binding.step}.${binding.name}`, { step: binding.step, output: binding.name });
  if (source.kind !== 'content' || source.content.kind !== 'template') return;
  const place = `${source.step}.${source.name}`;
  if (collected.seen.has(place)) return;
  collected.seen.add(place);
  collectSources(document, source.content.text, collected);
}

function bindingsOf(value: StepInput): Binding[] {
  const text = textOf(value);
  return typeof text === 'string' ? bindingsIn(text).flatMap(({ binding }) => binding ?? []) : [];
}

const textOf = (value: StepInput): unknown => (value !== null && typeof value === 'object' ? value.path : value);
