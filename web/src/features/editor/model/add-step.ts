import type { Component } from '@pipewright/shared/component/component.ts';
import { connect } from '@pipewright/shared/draft/compound-ops.ts';
import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { whyNotConnect } from '@pipewright/shared/component/why-not-connect.ts';
import type { Edge } from '@pipewright/shared/graph/edges-of.ts';
import { makeStepKey } from '@pipewright/shared/pipeline/make-step-key.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import { nodeGapY, nodeHeight, nodeWidth, type Point, snapToGrid } from '../../../canvas/geometry.ts';
import { positionsOf } from '../../../canvas/positions-of.ts';
import type { PortView } from '../../../canvas/step-view.ts';
import type { Adapter } from '@pipewright/shared/graph/adapter-for.ts';
import { freePlace } from './free-place.ts';
import type { PortRef } from './port-ref.ts';

/** A component under the text by which a step names it. */
export interface NamedComponent {
  readonly reference: string;
  readonly component: Component;
}

export interface AddedStep {
  readonly ops: DraftOp[];
  readonly key: string;
}

/** A step of a component, with its top left corner at a place. Parameters keep their defaults unsaid. */
export function addStep(content: DraftContent, { reference, component }: NamedComponent, place: Point): AddedStep {
  const name = component.name ?? component.display_name ?? 'step';
  const key = makeStepKey(name, content.document.jobs);
  const value: Step = { component: reference, ...titleFor(component, key), inputs: {}, outputs: {} };
  return { ops: [...placeUnplaced(content), { op: 'step.add', step: key, value, position: snapToGrid(place) }], key };
}

/** The second *Filter rows* is called *Filter rows 2*, so that sentences about it say which. */
function titleFor({ display_name }: Component, key: string): Pick<Step, 'display_name'> {
  if (display_name === undefined) return {};
  const number = /_(\d+)$/.exec(key)?.[1];
  return { display_name: number === undefined ? display_name : `${display_name} ${number}` };
}

/**
 * Steps that have no stored place stand where the graph puts them; another step could shift that, so their places are
 * stored along with the first edit that moves or adds one.
 */
export function placeUnplaced(content: DraftContent): DraftOp[] {
  const missing = Object.keys(content.document.jobs).filter((key) => !Object.hasOwn(content.layout.steps, key));
  if (missing.length === 0) return [];
  const positions = positionsOf(content);
  return missing.map((step): DraftOp => ({ op: 'layout.move', step, to: positions[step] ?? { x: 0, y: 0 } }));
}

/** A step for the end of a dropped wire, connected at once by the first port that fits. */
export function addStepToWire(
  content: DraftContent,
  added: NamedComponent & { readonly place: Point },
  wire: PortRef & { readonly view: PortView },
): AddedStep {
  const { ops, key } = addStep(content, added, added.place);
  const port = fittingPort(added.component, wire.view);
  if (port === null) return { ops, key };
  const edge: Edge =
    wire.side === 'outputs'
      ? { from: { step: wire.step, output: wire.port }, to: { step: key, input: port } }
      : { from: { step: key, output: port }, to: { step: wire.step, input: wire.port } };
  return { ops: [...ops, ...connect(edge)], key };
}

/** The first port of a component that a wire from this port may end at; null when none does. */
export function fittingPort(component: Component, wire: PortView): string | null {
  if (wire.type === null) return null;
  const here = { type: wire.type, kind: wire.kind, accepts: wire.accepts };
  const candidates = Object.entries(wire.side === 'outputs' ? component.inputs : component.outputs);
  const fitting = candidates.find(([, definition]) => {
    const there = { ...definition['x-pipewright'], type: definition.type };
    return (wire.side === 'outputs' ? whyNotConnect(here, there) : whyNotConnect(there, here)) === null;
  });
  return fitting?.[0] ?? null;
}

/** Puts a conversion between two ports that do not fit. */
export function insertAdapter(content: DraftContent, edge: Edge, adapter: Adapter<Component>): AddedStep {
  const { ops, key } = addStep(content, adapter, placeBetween(content, { from: edge.from.step, to: edge.to.step }));
  return {
    ops: [
      ...ops,
      ...connect({ from: edge.from, to: { step: key, input: adapter.input } }),
      ...connect({ from: { step: key, output: adapter.output }, to: edge.to }),
    ],
    key,
  };
}

/** Puts a step into an edge; null when its ports do not fit both ends. */
export function insertIntoEdge(
  content: DraftContent,
  edge: Edge,
  added: NamedComponent & { readonly ends: { readonly output: PortView; readonly input: PortView } },
): AddedStep | null {
  const input = fittingPort(added.component, added.ends.output);
  const output = fittingPort(added.component, added.ends.input);
  if (input === null || output === null) return null;
  const { ops, key } = addStep(content, added, placeBetween(content, { from: edge.from.step, to: edge.to.step }));
  return { ops: [...ops, ...connect({ from: edge.from, to: { step: key, input } }), ...connect({ from: { step: key, output }, to: edge.to })], key };
}

/** Halfway between two steps if it is free there, else the nearest place below the source. */
export function placeBetween(content: DraftContent, { from, to }: { readonly from: string; readonly to: string }): Point {
  const positions = positionsOf(content);
  const [above, below] = [positions[from], positions[to]];
  if (!above || !below) return { x: 0, y: 0 };
  const isRoomy = below.y - above.y >= 2 * (nodeHeight + nodeGapY);
  const middle = { x: (above.x + below.x) / 2, y: (above.y + below.y) / 2 };
  const wanted = isRoomy ? middle : { x: Math.max(above.x, below.x) + nodeWidth / 2 + 40, y: above.y + nodeHeight + nodeGapY };
  return freePlace(Object.values(positions), wanted);
}
