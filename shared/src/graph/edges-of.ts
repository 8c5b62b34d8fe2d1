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
  for (const [key, step] of Object.entries(document.jobs)) {
    for (const [input, value] of Object.entries(inputsOf(step))) for (const from of sourcesOf(document, value)) edges.push({ from, to: { step: key, input } });
  }
  return edges;
}

function sourcesOf(document: Pipeline, value: StepInput): Iterable<Edge['from']> {
  // Nearly every input is one binding to an output.
  const text = textOf(value);
  const binding = typeof text === 'string' ? parseBinding(text) : null;
  if (binding?.source === 'step-output') return [{ step: binding.step, output: binding.name }];
  const sources = new Map<string, Edge['from']>();
  collectSources(document, value, { sources, seen: new Set() });
  return sources.values();
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

/** Text that names an edge on the page and in tests. */
export const edgeId = ({ from, to }: Edge): string => `${from.step}.outputs.${from.output}->${to.step}.inputs.${to.input}`;

interface Collected {
  /** Each source once, by its name. */
  readonly sources: Map<string, Edge['from']>;
  /** Inputs whose texts were looked into: they may name each other in a circle, or twice. */
  readonly seen: Set<string>;
}

function collectSources(document: Pipeline, value: StepInput, collected: Collected): void {
  for (const binding of bindingsOf(value)) {
    const source = followBinding(document, binding);
    if (source.kind === 'step-output') collected.sources.set(`${source.step}.${source.name}`, { step: source.step, output: source.name });
    // A step that does not exist feeds nothing, but what names one of its outputs is drawn broken.
    if (source.kind === 'unknown-step' && binding.source === 'step-output')
      collected.sources.set(`${binding.step}.${binding.name}`, { step: binding.step, output: binding.name });
    if (source.kind !== 'content' || source.content.kind !== 'template') continue;
    const place = `${source.step}.${source.name}`;
    if (collected.seen.has(place)) continue;
    collected.seen.add(place);
    collectSources(document, source.content.text, collected);
  }
}

function bindingsOf(value: StepInput): Binding[] {
  const text = textOf(value);
  return typeof text === 'string' ? bindingsIn(text).flatMap(({ binding }) => binding ?? []) : [];
}

const textOf = (value: StepInput): unknown => (value !== null && typeof value === 'object' ? value.path : value);
