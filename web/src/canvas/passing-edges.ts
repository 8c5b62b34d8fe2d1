import { classifyInput } from '@pipewright/shared/pipeline/classify-input.ts';
import { filledOutput } from '@pipewright/shared/pipeline/filled-output.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { innerEdge, type StepEdge, type StepNode } from './flow-graph.ts';
import { innerHandle, slotIdOf } from './port-slots.ts';
import type { StepView } from './step-view.ts';

const drawn = new WeakMap<StepView, { readonly document: Pipeline; readonly views: readonly StepView[]; readonly edges: readonly StepEdge[] }>();

/** The edges between the ports of a frame and the steps in it: an input that is handed on, an output that is filled. */
export function passingEdges(frame: StepView, document: Pipeline, nodes: readonly StepNode[]): readonly StepEdge[] {
  const prefix = `${frame.key}/`;
  const views = nodes.flatMap(({ data: { view } }) => (Object.hasOwn(document.jobs, view.key.slice(prefix.length)) ? [view] : []));
  const known = drawn.get(frame);
  if (known?.document === document && known.views.length === views.length && known.views.every((view, index) => view === views[index])) return known.edges;
  const edges = views.flatMap((view) => [...edgesIn(frame, document, view), ...edgesOut(frame, document, view)]);
  drawn.set(frame, { document, views, edges });
  return edges;
}

function edgesIn(frame: StepView, { jobs }: Pipeline, view: StepView): StepEdge[] {
  const step = jobs[localKey(frame, view)];
  return view.inputs.flatMap(({ name, label }): StepEdge[] => {
    const content = classifyInput(step?.inputs[name]);
    if (content.kind !== 'binding' || content.binding.source !== 'pipeline-input') return [];
    const port = content.binding.name;
    const given = frame.inputs.find((input) => input.name === port);
    if (!given) return [];
    return [
      {
        ...passing(frame, `${frame.key}.${port} in ${view.key}.${name}`),
        source: frame.key,
        sourceHandle: innerHandle(slotIdOf(frame, 'inputs', port)),
        target: view.key,
        targetHandle: slotIdOf(view, 'inputs', name),
        ariaLabel: `${frame.title} ${given.label} to ${view.title} ${label}`,
        data: { edge: null, isBroken: false, passes: 'in' },
      },
    ];
  });
}

function edgesOut(frame: StepView, { jobs }: Pipeline, view: StepView): StepEdge[] {
  const step = jobs[localKey(frame, view)];
  return view.outputs.flatMap(({ name, label }): StepEdge[] => {
    const port = filledOutput(step?.outputs[name]);
    const filled = frame.outputs.find((output) => output.name === port);
    if (!filled) return [];
    return [
      {
        ...passing(frame, `${view.key}.${name} out ${frame.key}.${filled.name}`),
        source: view.key,
        sourceHandle: slotIdOf(view, 'outputs', name),
        target: frame.key,
        targetHandle: innerHandle(slotIdOf(frame, 'outputs', filled.name)),
        ariaLabel: `${view.title} ${label} to ${frame.title} ${filled.label}`,
        data: { edge: null, isBroken: false, passes: 'out' },
      },
    ];
  });
}

const localKey = (frame: StepView, view: StepView): string => view.key.slice(frame.key.length + 1);

const passing = (frame: StepView, id: string) => ({ id, type: 'step' as const, selected: false, interactionWidth: 16, ...innerEdge(`${frame.key}/`) });
