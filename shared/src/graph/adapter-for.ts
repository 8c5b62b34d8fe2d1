import type { ComponentInterface } from '../component/component-interface.ts';
import { isScalarType, type PortType } from '../component/port-type.ts';
import { type PortKind, whyNotConnect } from '../component/why-not-connect.ts';

/** A component that stands between two ports which do not fit, and the ports of it that do. */
export interface Adapter<C extends ComponentInterface = ComponentInterface> {
  readonly reference: string;
  readonly component: C;
  readonly input: string;
  readonly output: string;
  /** The types that it stands between. */
  readonly from: PortType;
  readonly to: PortType;
  /** Data that it needs besides: wired by hand afterwards. */
  readonly openInputs: readonly string[];
}

/** The component that offers itself as a conversion from one port to another; null when there is none. */
export function adapterFor<C extends ComponentInterface>(from: PortKind, to: PortKind, components: Readonly<Record<string, C>>): Adapter<C> | null {
  const offers = Object.entries(components).flatMap(([reference, component]): (Adapter<C> & { readonly isExact: boolean })[] => {
    if (component['x-pipewright']?.conversion !== true) return [];
    const data = Object.entries(component.inputs).filter(([, input]) => !isScalarType(input.type));
    const input = data.find(([, definition]) => isConvertible(from, { type: definition.type, kind: definition['x-pipewright']?.kind }));
    const output = Object.entries(component.outputs).find(([, definition]) => accepts({ type: definition.type, kind: definition['x-pipewright']?.kind }, to));
    if (!input || !output) return [];
    const openInputs = data.filter(([name, definition]) => name !== input[0] && definition.optional !== true).map(([name]) => name);
    return [{ reference, component, input: input[0], output: output[0], from: from.type, to: to.type, openInputs, isExact: input[1].type === from.type }];
  });
  // What takes exactly this first (a model is a folder, but nobody means to import it), then what needs the least besides.
  const [best] = offers.toSorted((a, b) => Number(b.isExact) - Number(a.isExact) || a.openInputs.length - b.openInputs.length);
  if (!best) return null;
  const { isExact: _, ...adapter } = best;
  return adapter;
}

const accepts = (from: PortKind, to: PortKind): boolean => whyNotConnect(from, to) === null;

/** A conversion that reads a folder of files reads one file as well. */
const isConvertible = (from: PortKind, to: PortKind): boolean => accepts(from, to) || (from.type === 'uri_file' && to.type === 'uri_folder');

export const adapterTitle = ({ component }: Adapter): string => component.display_name ?? component.name ?? 'a conversion';

/** A tag of a step that was put between two ports which did not fit: `uri_file to mltable`. It stands in the file, so that it lasts. */
export const putInTag = 'pipewright.conversion';

export const putInTags = ({ from, to }: Pick<Adapter, 'from' | 'to'>): Record<string, string> => ({ [putInTag]: `${from} to ${to}` });
