import { isScalarType } from '@pipewright/shared/component/port-type.ts';
import { type Refusal, whyNotConnect } from '@pipewright/shared/component/why-not-connect.ts';
import { connect } from '@pipewright/shared/draft/compound-ops.ts';
import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { edgeId, edgesInto, type Edge } from '@pipewright/shared/graph/edges-of.ts';
import { downstreamOf, upstreamOf } from '@pipewright/shared/graph/reachable-from.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import type { PortSide } from '../../../canvas/geometry.ts';
import type { PortView, StepView } from '../../../canvas/step-view.ts';
import { portId, type PortRef } from './port-ref.ts';

/** Why a wire may not end at a port. */
export type WhyNot =
  | Refusal
  | { readonly code: 'cycle' | 'broken' }
  /** A step cannot read itself. */
  | { readonly code: 'own' }
  /** Two outputs, or two inputs. */
  | { readonly code: 'same-side'; readonly side: PortSide };

export type Verdict =
  | {
      readonly isValid: true;
      /** The edge that gives way, because an input has one source. */
      readonly replaces: Edge | null;
      /** That very edge exists already. */
      readonly isThere: boolean;
    }
  | { readonly isValid: false; readonly why: WhyNot };

/** A wire in the hand: where it began, and for every port at which it could end whether it may. Worked out once. */
export interface Wiring {
  readonly from: PortRef;
  /** A scalar: parameters show as ports while it is in the hand. */
  readonly isScalar: boolean;
  /** By the name of the port (`portId`), and of a group of ports (`STEP.inputs.*`). */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** The wires whose ends at `from` are in the hand, all at once; none: it is a new one. */
  readonly moving: readonly Edge[];
}

export interface Graph {
  readonly document: Pipeline;
  readonly views: readonly StepView[];
}

/** Looks at every port of the other side. O(ports + edges), so that pointer moves only look up. */
export function startWiring(graph: Graph, from: PortRef): Wiring | null {
  const source = portView(graph, from);
  if (!source) return null;
  const side = from.side === 'outputs' ? 'inputs' : 'outputs';
  const looping = from.side === 'outputs' ? upstreamOf(graph.document, [from.step]) : downstreamOf(graph.document, [from.step]);
  looping.add(from.step);
  const verdicts = new Map<string, Verdict>();
  for (const view of graph.views) {
    for (const port of view[side]) {
      const ends = from.side === 'outputs' ? { output: source, input: port } : { output: port, input: source };
      const edge = edgeBetween(from, { step: view.key, side, port: port.name });
      const verdict = judge({ ...ends, edge, document: graph.document, isLoop: looping.has(view.key) });
      verdicts.set(portId({ step: view.key, side, port: port.name }), verdict);
      const group = `${view.key}.${side}.*`;
      if (verdict.isValid || !verdicts.has(group)) verdicts.set(group, verdict);
    }
  }
  return { from, isScalar: source.type !== null && isScalarType(source.type), verdicts, moving: [] };
}

export interface Case {
  readonly output: PortView;
  readonly input: PortView;
  readonly edge: Edge;
  readonly document: Pipeline;
  readonly isLoop: boolean;
}

export function judge({ output, input, edge, document, isLoop }: Case): Verdict {
  if (output.type === null || input.type === null || output.isBroken) return { isValid: false, why: { code: 'broken' } };
  const refusal = whyNotConnect({ type: output.type, kind: output.kind }, { type: input.type, kind: input.kind, accepts: input.accepts });
  if (refusal) return { isValid: false, why: refusal };
  if (edge.from.step === edge.to.step) return { isValid: false, why: { code: 'own' } };
  if (isLoop) return { isValid: false, why: { code: 'cycle' } };
  const present = edgeInto(document, edge.to);
  return { isValid: true, replaces: present, isThere: present !== null && edgeId(present) === edgeId(edge) };
}

/** The edge that ends at an input, if a step's output feeds it. */
function edgeInto(document: Pipeline, { step, input }: Edge['to']): Edge | null {
  const target = document.jobs[step];
  return target ? (edgesInto(step, target).find(({ to }) => to.input === input) ?? null) : null;
}

/** The edge between two ports, whichever of them was taken first. */
export function edgeBetween(a: PortRef, b: PortRef): Edge {
  const [output, input] = a.side === 'outputs' ? [a, b] : [b, a];
  return { from: { step: output.step, output: output.port }, to: { step: input.step, input: input.port } };
}

/** Moves an edge to other ports: the old one goes, unless the new one takes its place anyway. */
export function reconnect(old: Edge, next: Edge): DraftOp[] {
  const isSameInput = old.to.step === next.to.step && old.to.input === next.to.input;
  return isSameInput ? connect(next) : [{ op: 'step.setInput', step: old.to.step, input: old.to.input }, ...connect(next)];
}

export function portView({ views }: Graph, { step, side, port }: PortRef): PortView | undefined {
  return views.find((view) => view.key === step)?.[side].find(({ name }) => name === port);
}
