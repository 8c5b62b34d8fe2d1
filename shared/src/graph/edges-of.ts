import { bindingsIn } from '../expressions/binding.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Step } from '../pipeline/step.ts';

/** The drawing of one binding from a step's output to a step's input. */
export interface Edge {
  readonly from: { readonly step: string; readonly output: string };
  readonly to: { readonly step: string; readonly input: string };
}

/** Every edge of a pipeline, in the order of the document; those from steps that do not exist are in it too. */
export function edgesOf(document: Pipeline): Edge[] {
  return Object.entries(document.jobs).flatMap(([key, step]) => edgesInto(key, step));
}

export function edgesInto(key: string, step: Step): Edge[] {
  const edges: Edge[] = [];
  for (const [input, value] of Object.entries(step.inputs)) {
    const text = typeof value === 'object' ? value?.path : value;
    if (typeof text !== 'string') continue;
    for (const { binding } of bindingsIn(text)) {
      if (binding?.source === 'step-output') edges.push({ from: { step: binding.step, output: binding.name }, to: { step: key, input } });
    }
  }
  return edges;
}

/** Text that names an edge on the page and in tests. */
export const edgeId = ({ from, to }: Edge): string => `${from.step}.outputs.${from.output}->${to.step}.inputs.${to.input}`;
