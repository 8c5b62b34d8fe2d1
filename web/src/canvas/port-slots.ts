import { Position as HandleSide, type NodeHandle } from '@xyflow/react';
import { portHit, portPoint, type Point, type PortSide } from './geometry.ts';
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

export function slotsOf(view: StepView, side: PortSide): readonly PortSlot[] {
  const ports = view[side];
  if (ports.length > mostPortsOnASide) return [{ id: groupId(side), side, ports, point: portPoint(side, 0, 1), index: 0 }];
  return ports.map((port, index) => ({ id: `${side}.${port.name}`, side, ports: [port], point: portPoint(side, index, ports.length), index }));
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
export function handlesOf(view: StepView): NodeHandle[] {
  return [...slotsOf(view, 'inputs'), ...slotsOf(view, 'outputs')].map(({ id, side, point }) => ({
    id,
    type: side === 'inputs' ? 'target' : 'source',
    position: side === 'inputs' ? HandleSide.Top : HandleSide.Bottom,
    x: point.x - portHit / 2,
    y: point.y - portHit / 2,
    width: portHit,
    height: portHit,
  }));
}

const groupId = (side: PortSide): string => `${side}.*`;
