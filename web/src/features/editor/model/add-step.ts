import type { Component } from '@pipewright/shared/component/component.ts';
import { connect } from '@pipewright/shared/draft/compound-ops.ts';
import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import type { Edge } from '@pipewright/shared/graph/edges-of.ts';
import { makeStepKey } from '@pipewright/shared/pipeline/make-step-key.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import { type Point, snapToGrid } from '../../../canvas/geometry.ts';
import { positionsOf } from '../../../canvas/positions-of.ts';
import { type Adapter, putInTags } from '@pipewright/shared/graph/adapter-for.ts';
import { giveWay } from './give-way.ts';
import type { PortRef } from './port-ref.ts';
import { edgeBetween } from './wiring.ts';

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

/** A step for the end of a dropped wire, connected at once by one of its ports. */
export function addStepToWire(content: DraftContent, added: NamedComponent & { readonly place: Point }, { wire, port }: WireEnds): AddedStep {
  const { ops, key } = addStep(content, added, added.place);
  const side = wire.side === 'outputs' ? 'inputs' : 'outputs';
  return { ops: [...ops, ...connect(edgeBetween(wire, { step: key, side, port }))], key };
}

interface WireEnds {
  readonly wire: PortRef;
  /** Of the new step. */
  readonly port: string;
}

/** Puts a conversion between two ports that do not fit, and says on it what it is for. */
export function insertAdapter(content: DraftContent, edge: Edge, adapter: Adapter<Component>): AddedStep {
  const { ops, key } = insertIntoEdge(content, edge, { ...adapter, at: null });
  return { ops: [...ops, { op: 'step.setField', step: key, field: 'tags', value: putInTags(adapter) }], key };
}

interface Inserted extends NamedComponent, InnerPorts {
  /** Where its top left corner is wanted; null: halfway. */
  readonly at: Point | null;
}

/** The ports of what stands between two steps: what comes in by the one goes on by the other. */
export interface InnerPorts {
  readonly input: string;
  readonly output: string;
}

/** Puts a new step into an edge; what is below gives way. */
export function insertIntoEdge(content: DraftContent, edge: Edge, { at, input, output, ...component }: Inserted): AddedStep {
  const { place, moved } = giveWay(content, edge, { at });
  const { ops, key } = addStep(content, component, place);
  return { ops: [...ops, ...moves(moved), ...connectThrough(edge, { step: key, input, output })], key };
}

/** Puts a step that stands on the paper into an edge. */
export function moveIntoEdge(content: DraftContent, edge: Edge, { step, ...ports }: InnerPorts & { readonly step: string }): DraftOp[] {
  const { place, moved } = giveWay(content, edge, { at: positionsOf(content)[step] ?? null, key: step });
  return [...placeUnplaced(content), ...moves(new Map([...moved, [step, place]])), ...connectThrough(edge, { step, ...ports })];
}

export const moves = (places: ReadonlyMap<string, Point>): DraftOp[] => [...places].map(([step, to]): DraftOp => ({ op: 'layout.move', step, to }));

const connectThrough = (edge: Edge, { step, input, output }: InnerPorts & { readonly step: string }): DraftOp[] => [
  ...connect({ from: edge.from, to: { step, input } }),
  ...connect({ from: { step, output }, to: edge.to }),
];
