import type { Component } from '@pipewright/shared/component/component.ts';
import type { PortType } from '@pipewright/shared/component/port-type.ts';
import { whyNotConnect } from '@pipewright/shared/component/why-not-connect.ts';
import type { PortSide } from '../../../canvas/geometry.ts';
import type { PortView } from '../../../canvas/step-view.ts';

/** A port at which a wire could end, as far as its type goes. */
export interface WireEnd extends Pick<PortView, 'name' | 'label' | 'kind' | 'accepts' | 'isOptional'> {
  readonly type: PortType | null;
}

export interface FittingPort {
  readonly name: string;
  readonly label: string;
  /** How well it fits: the very type before one that passes for it, what is needed before what may stay open. */
  readonly rank: number;
}

const exact = 2;
const needed = 1;

/** The ports of a component at which a wire from this port may end, the best first. */
export function fittingPorts(component: Component, wire: PortView): FittingPort[] {
  return fittingAmong(endsOf(component, wire.side === 'outputs' ? 'inputs' : 'outputs'), wire);
}

/** Of these ports those at which the wire may end, the best first; equals in the order of the component. */
export function fittingAmong(ends: readonly WireEnd[], wire: PortView): FittingPort[] {
  const fitting = ends.flatMap((end): FittingPort[] => {
    if (!fits(end, wire)) return [];
    const rank = (end.type === wire.type ? exact : 0) + (end.isOptional ? 0 : needed);
    return [{ name: end.name, label: end.label, rank }];
  });
  return fitting.toSorted((a, b) => b.rank - a.rank);
}

function fits(end: WireEnd, wire: PortView): boolean {
  if (end.type === null || wire.type === null) return false;
  const [here, there] = [
    { type: wire.type, kind: wire.kind, accepts: wire.accepts },
    { type: end.type, kind: end.kind, accepts: end.accepts },
  ];
  return (wire.side === 'outputs' ? whyNotConnect(here, there) : whyNotConnect(there, here)) === null;
}

/** The ports of a component as ends of wires. */
export function endsOf(component: Component, side: PortSide): WireEnd[] {
  if (side === 'outputs') {
    return Object.entries(component.outputs).map(([name, { type, 'x-pipewright': extension }]) => ({
      name,
      label: extension?.label ?? name,
      type,
      kind: extension?.kind,
      isOptional: false,
    }));
  }
  return Object.entries(component.inputs).map(([name, { type, optional, default: given, 'x-pipewright': extension }]) => ({
    name,
    label: extension?.label ?? name,
    type,
    kind: extension?.kind,
    accepts: extension?.accepts,
    isOptional: optional === true || (given !== undefined && given !== null),
  }));
}
