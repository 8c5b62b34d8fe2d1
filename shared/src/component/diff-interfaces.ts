import { canonicalJson } from '../pipeline/canonical-json.ts';
import type { ComponentInterface } from './component-interface.ts';
import { isRequired, type InputDefinition } from './ports.ts';
import { isScalarType } from './port-type.ts';

/** What is different in a port or parameter of another version. */
export interface PortDifference {
  readonly side: 'inputs' | 'outputs';
  readonly name: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** A parameter is a value, a port is data. */
  readonly isParameter: boolean;
  /** What of it: `number → string`, `default 0.5 → 0.7`, `required`. */
  readonly details: readonly string[];
}

/** The ports and parameters that two interfaces do not share, in the order of the second. */
export function diffInterfaces(before: ComponentInterface, after: ComponentInterface): PortDifference[] {
  return (['inputs', 'outputs'] as const).flatMap((side) => {
    const [old, next]: readonly Readonly<Record<string, Definition>>[] = [before[side], after[side]];
    const names = new Set([...Object.keys(next ?? {}), ...Object.keys(old ?? {})]);
    return [...names].flatMap((name) => differenceOf({ side, name }, old?.[name], next?.[name]) ?? []);
  });
}

type Definition = InputDefinition | ComponentInterface['outputs'][string];

function differenceOf(port: Pick<PortDifference, 'side' | 'name'>, old: Definition | undefined, next: Definition | undefined): PortDifference | null {
  const isParameter = isScalarType((next ?? old)?.type ?? 'uri_folder');
  if (!old && next) return { ...port, kind: 'added', isParameter, details: [next.type, ...(port.side === 'inputs' && isNeeded(next) ? ['required'] : [])] };
  if (old && !next) return { ...port, kind: 'removed', isParameter, details: [old.type] };
  if (!old || !next) return null;
  const details = [
    ...(old.type === next.type ? [] : [`${old.type} → ${next.type}`]),
    ...(['default', 'min', 'max', 'enum'] as const).flatMap((field) => changeOf(field, old[field], next[field])),
    ...(port.side === 'outputs' || isNeeded(old) === isNeeded(next) ? [] : [isNeeded(next) ? 'required now' : 'no longer required']),
  ];
  return details.length === 0 ? null : { ...port, kind: 'changed', isParameter, details };
}

/** Only inputs are needed; an output never says of itself that it is. */
const isNeeded = (definition: Definition): boolean => isRequired(definition);

function changeOf(field: string, old: unknown, next: unknown): string[] {
  if (canonicalJson(old) === canonicalJson(next)) return [];
  return [`${field} ${wordsOf(old)} → ${wordsOf(next)}`];
}

const wordsOf = (value: unknown): string => (value === undefined || value === null ? 'none' : typeof value === 'string' ? value : JSON.stringify(value));
