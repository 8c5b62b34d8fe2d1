import type { Component } from '@pipewright/shared/component/component.ts';
import { isScalarType } from '@pipewright/shared/component/port-type.ts';
import { type PortKind, whyNotConnect } from '@pipewright/shared/component/why-not-connect.ts';

/** A component that stands between two ports which do not fit, and the ports of it that do. */
export interface Adapter {
  readonly reference: string;
  readonly component: Component;
  readonly input: string;
  readonly output: string;
  /** Data that it needs besides: wired by hand afterwards. */
  readonly openInputs: readonly string[];
}

/** The component that offers itself as a conversion from one port to another; null when there is none. */
export function adapterFor(from: PortKind, to: PortKind, components: Readonly<Record<string, Component>>): Adapter | null {
  const offers = Object.entries(components).flatMap(([reference, component]): Adapter[] => {
    if (component['x-pipewright']?.conversion !== true) return [];
    const data = Object.entries(component.inputs).filter(([, input]) => !isScalarType(input.type));
    const input = data.find(([, definition]) => accepts(from, { type: definition.type, kind: definition['x-pipewright']?.kind }));
    const output = Object.entries(component.outputs).find(([, definition]) => accepts({ type: definition.type, kind: definition['x-pipewright']?.kind }, to));
    if (!input || !output) return [];
    const openInputs = data.filter(([name, definition]) => name !== input[0] && definition.optional !== true).map(([name]) => name);
    return [{ reference, component, input: input[0], output: output[0], openInputs }];
  });
  // The one that needs the least besides; of several versions the newest stands last.
  return offers.toSorted((a, b) => a.openInputs.length - b.openInputs.length).at(0) ?? null;
}

const accepts = (from: PortKind, to: PortKind): boolean => whyNotConnect(from, to) === null;
