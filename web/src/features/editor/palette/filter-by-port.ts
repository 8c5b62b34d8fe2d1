import { DataType, type PortType } from '@pipewright/shared/component/port-type.ts';

export const anyType = 'any';

/** What the two filters of the palette offer. */
export function typeChoices(side: 'input' | 'output'): { value: string; label: string }[] {
  return [{ value: anyType, label: `Any ${side}` }, ...DataType.options.map((type) => ({ value: type, label: type }))];
}

export function hasPort(ports: Readonly<Record<string, { readonly type: PortType }>>, wanted: string): boolean {
  return wanted === anyType || Object.values(ports).some(({ type }) => type === wanted);
}
