import type { Edge } from '@pipewright/shared/graph/edges-of.ts';
import type { PortView, StepView } from '../../../canvas/step-view.ts';
import type { InnerPorts } from './add-step.ts';
import type { EdgeLine } from './edge-under.ts';
import { fittingAmong, type WireEnd } from './fitting-ports.ts';

/** What is to go into an edge: a step, or a component that becomes one. */
export interface Inserted {
  readonly title: string;
  readonly inputs: readonly WireEnd[];
  readonly outputs: readonly WireEnd[];
}

/** The edge over which something is held: whether it can go between, and by which ports. */
export interface EdgeTarget extends EdgeLine {
  /** Null: it cannot. */
  readonly ports: InnerPorts | null;
  /** *into table → first*, or why not. */
  readonly text: string;
}

export function edgeTargetOf(line: EdgeLine, views: ReadonlyMap<string, StepView>, { title, inputs, outputs }: Inserted): EdgeTarget | null {
  const ends = endsOf(line.edge, views);
  if (!ends) return null;
  const [input] = fittingAmong(inputs, ends.output);
  const [output] = fittingAmong(outputs, ends.input);
  if (!input) return { ...line, ports: null, text: `${title} takes no ${typeName(ends.output)}` };
  if (!output) return { ...line, ports: null, text: `${title} gives no ${typeName(ends.input)}` };
  return { ...line, ports: { input: input.name, output: output.name }, text: `Put in here: ${input.label} → ${output.label}` };
}

function endsOf({ from, to }: Edge, views: ReadonlyMap<string, StepView>): { readonly output: PortView; readonly input: PortView } | null {
  const output = views.get(from.step)?.outputs.find(({ name }) => name === from.output);
  const input = views.get(to.step)?.inputs.find(({ name }) => name === to.input);
  return output && input ? { output, input } : null;
}

const typeName = ({ type, kind }: PortView): string => kind?.replaceAll('_', ' ') ?? type ?? 'such thing';

/** A step that stands on the paper and is wired to nothing; null for any other. */
export function unwiredStep(view: StepView | undefined, edges: readonly { readonly source: string; readonly target: string }[]): Inserted | null {
  if (!view || edges.some(({ source, target }) => source === view.key || target === view.key)) return null;
  const open = view.inputs.filter(({ isConnected }) => !isConnected);
  return { title: view.title, inputs: open, outputs: view.outputs };
}
