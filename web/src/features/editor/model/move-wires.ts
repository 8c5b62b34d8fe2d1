import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { rewriteBindings } from '@pipewright/shared/expressions/binding.ts';
import { edgesOf, type Edge } from '@pipewright/shared/graph/edges-of.ts';
import { downstreamOf, upstreamOf } from '@pipewright/shared/graph/reachable-from.ts';
import type { StepInput } from '@pipewright/shared/pipeline/input-value.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import type { PortView } from '../../../canvas/step-view.ts';
import { portId, type PortRef } from './port-ref.ts';
import { type Graph, judge, portView, type Verdict, type Wiring } from './wiring.ts';

/** The wires that end at a port. */
function wiresAt(document: Pipeline, { step, side, port }: PortRef): Edge[] {
  return edgesOf(document).filter(({ from, to }) => (side === 'outputs' ? from.step === step && from.output === port : to.step === step && to.input === port));
}

/** Takes all wires of a port in the hand: every other port of the same side knows whether all of them may end there. Null: it has none. */
export function startMoving(graph: Graph, from: PortRef): Wiring | null {
  const moving = wiresAt(graph.document, from);
  const ends = moving.map((edge) => endOf(graph, edge, from.side));
  if (moving.length === 0 || !ends.every((end) => end !== null)) return null;
  const verdicts = new Map<string, Verdict>();
  for (const view of graph.views) {
    for (const port of view[from.side]) {
      const ref: PortRef = { step: view.key, side: from.side, port: port.name };
      if (portId(ref) === portId(from)) continue;
      verdicts.set(portId(ref), judgeAll(graph, ends, { ref, port }));
    }
  }
  return { from, isScalar: false, verdicts, moving };
}

/** The end of a wire that stays where it is, and the steps that it may not lead to. */
interface FarEnd {
  readonly edge: Edge;
  readonly port: PortView;
  readonly looping: ReadonlySet<string>;
}

function endOf(graph: Graph, edge: Edge, movingSide: PortRef['side']): FarEnd | null {
  const ref: PortRef =
    movingSide === 'outputs' ? { step: edge.to.step, side: 'inputs', port: edge.to.input } : { step: edge.from.step, side: 'outputs', port: edge.from.output };
  const port = portView(graph, ref);
  const looping = movingSide === 'outputs' ? downstreamOf(graph.document, [ref.step]) : upstreamOf(graph.document, [ref.step]);
  return port ? { edge, port, looping } : null;
}

/** The first wire that may not end there decides. */
function judgeAll({ document }: Graph, ends: readonly FarEnd[], { ref, port }: { readonly ref: PortRef; readonly port: PortView }): Verdict {
  let verdict: Verdict = { isValid: true, replaces: null, isThere: false };
  for (const { edge, port: far, looping } of ends) {
    const ports = ref.side === 'outputs' ? { output: port, input: far } : { output: far, input: port };
    const next: Edge =
      ref.side === 'outputs' ? { from: { step: ref.step, output: ref.port }, to: edge.to } : { from: edge.from, to: { step: ref.step, input: ref.port } };
    const one = judge({ ...ports, edge: next, document, isLoop: looping.has(ref.step) });
    if (!one.isValid) return one;
    // An input that gets another source is what is meant; only an input that had one already loses it.
    if (ref.side === 'inputs') verdict = one;
  }
  return verdict;
}

/** The wires of one port at another: what reads an output reads that one, and what an input has goes to that one. */
export function moveWires(document: Pipeline, { from, moving }: Pick<Wiring, 'from' | 'moving'>, to: PortRef): DraftOp[] {
  if (from.side === 'inputs') {
    const value = document.jobs[from.step]?.inputs[from.port];
    if (value === undefined) return [];
    return [
      { op: 'step.setInput', step: from.step, input: from.port },
      { op: 'step.setInput', step: to.step, input: to.port, value },
    ];
  }
  return moving.flatMap(({ to: { step, input } }): DraftOp[] => {
    const value = document.jobs[step]?.inputs[input];
    return value === undefined ? [] : [{ op: 'step.setInput', step, input, value: rebound(value, from, to) }];
  });
}

function rebound(value: StepInput, from: PortRef, to: PortRef): StepInput {
  const rewrite = (text: string): string =>
    rewriteBindings(text, (binding) =>
      binding.source === 'step-output' && binding.step === from.step && binding.name === from.port ? { ...binding, step: to.step, name: to.port } : binding,
    );
  if (typeof value === 'string') return rewrite(value);
  return value !== null && typeof value === 'object' ? { ...value, path: rewrite(value.path) } : value;
}
