import { Position as HandleSide, type NodeHandle } from '@xyflow/react';
import { nodeSize, portHit, portPoint, type Point, type PortSide, type Size } from './geometry.ts';
import type { PortView, StepView } from './step-view.ts';

/** More ports than this on a side become one grouped port that opens a list. */
const mostPortsOnASide = 6;

/** A place on the edge of a node where edges end: one port, or all of a side. */
export interface PortSlot {
  /** The handle: `inputs.dataset`, or `inputs.*` for a group. */
  readonly id: string;
  readonly side: PortSide;
  readonly ports: readonly PortView[];
  readonly point: Point;
  /** Of the places of its side, from the left. */
  readonly index: number;
}

export function slotsOf(view: StepView, side: PortSide, size: Size = nodeSize): readonly PortSlot[] {
  const ports = view[side];
  const count = ports.length;
  if (count > mostPortsOnASide) return [{ id: groupId(side), side, ports, point: portPoint(side, { index: 0, count: 1, size }), index: 0 }];
  return ports.map((port, index) => ({ id: `${side}.${port.name}`, side, ports: [port], point: portPoint(side, { index, count, size }), index }));
}

/** The handle at which an edge to or from a port ends. */
export function slotIdOf(view: StepView, side: PortSide, port: string): string {
  return view[side].length > mostPortsOnASide ? groupId(side) : `${side}.${port}`;
}

/** The port that a handle stands for; null for a group or what is not a handle of ours. */
export function portOfHandle(handle: string | null | undefined): { readonly side: PortSide; readonly port: string } | null {
  const match = /^(inputs|outputs)\.(.+)$/.exec(handle ?? '');
  const [, side, port] = match ?? [];
  if ((side !== 'inputs' && side !== 'outputs') || port === undefined || port === '*') return null;
  return { side, port };
}

export function isGroupHandle(handle: string | null | undefined): boolean {
  return handle === 'inputs.*' || handle === 'outputs.*';
}

/** Handles as React Flow wants them before anything is drawn; the box is the hit area, centred on the port. */
export function handlesOf(view: StepView, size: Size = nodeSize): NodeHandle[] {
  return [...slotsOf(view, 'inputs', size), ...slotsOf(view, 'outputs', size)].map(({ id, side, point }) =>
    handleAt({ id, isTarget: side === 'inputs' }, point),
  );
}

/** A frame's ports seen from inside: what comes in by them goes on to the steps of the pipeline. */
export function innerHandlesOf(view: StepView, size: Size, depthOfHead: number): NodeHandle[] {
  return [
    ...slotsOf(view, 'inputs', size).map(({ id, point }) => handleAt({ id: innerHandle(id), isTarget: false }, { x: point.x, y: depthOfHead })),
    ...slotsOf(view, 'outputs', size).map(({ id, point }) => handleAt({ id: innerHandle(id), isTarget: true }, point)),
  ];
}

/** Not `inputs.…`: no wire of a person's begins or ends there. */
export const innerHandle = (slot: string): string => `inside.${slot}`;

function handleAt({ id, isTarget }: { readonly id: string; readonly isTarget: boolean }, point: Point): NodeHandle {
  return {
    id,
    type: isTarget ? 'target' : 'source',
    position: isTarget ? HandleSide.Top : HandleSide.Bottom,
    x: point.x - portHit / 2,
    y: point.y - portHit / 2,
    width: portHit,
    height: portHit,
  };
}

const groupId = (side: PortSide): string => `${side}.*`;
