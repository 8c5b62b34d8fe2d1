import type { StepEdge } from '../../../canvas/flow-graph.ts';
import type { PortSide } from '../../../canvas/geometry.ts';
import type { PortRef } from '../model/port-ref.ts';

/** An output of something on the canvas. */
export interface OutputOnCanvas {
  readonly step: string;
  readonly port: string;
}

/**
 * The output whose data a port carries: its own, or for an input the one that is wired to it, also through the frame of a
 * pipeline that lies unfolded. Null for an input that no step feeds.
 */
export function sourceOfPort(edges: readonly StepEdge[], { step, side, port }: PortRef): OutputOnCanvas | null {
  if (side === 'outputs') return { step, port };
  const edge = edges.find(
    ({ target, targetHandle, data }) => target === step && (data?.edge ? data.edge.to.input === port : targetHandle === `inputs.${port}`),
  );
  if (!edge) return null;
  // By the edge of the document: it may be drawn from the box of a collapsed group.
  if (edge.data?.edge) return { step: edge.data.edge.from.step, port: edge.data.edge.from.output };
  const [, inside, from, name] = /^(inside\.)?(inputs|outputs)\.(.+)$/.exec(edge.sourceHandle ?? '') ?? [];
  if (name === undefined || (from !== 'inputs' && from !== 'outputs')) return null;
  // What comes in by a frame is what is wired to it outside.
  if (inside !== undefined && from === 'outputs') return null;
  return sourceOfPort(edges, { step: edge.source, side: from, port: name });
}

export interface PointedPort {
  readonly step: string;
  readonly side: PortSide;
  /** Null for a place that stands for all ports of its side. */
  readonly port: string | null;
}

/** `STEP.inputs.NAME` as it stands on the page; keys of steps hold no dot. */
export function readPortId(text: string): PointedPort | null {
  const [, step, side, port] = /^([^.]+)\.(inputs|outputs)\.(.+)$/.exec(text) ?? [];
  if (step === undefined || port === undefined || (side !== 'inputs' && side !== 'outputs')) return null;
  return { step, side, port: port === '*' ? null : port };
}
