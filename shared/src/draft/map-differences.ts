import { canonicalJson } from '../pipeline/canonical-json.ts';
import type { DraftOp } from './draft-op.ts';

type JsonValue = Extract<DraftOp, { op: 'pipeline.setMeta' }>['value'];

/** The members that are not the same, with what they are to be; undefined: gone. */
export function differences<V>(before: Readonly<Record<string, V>>, after: Readonly<Record<string, V>>): [string, V | undefined][] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name): [string, V | undefined][] => {
    const [old, next] = [before, after].map((map) => (Object.hasOwn(map, name) ? map[name] : undefined));
    return old === next || canonicalJson([old, old === undefined]) === canonicalJson([next, next === undefined]) ? [] : [[name, next]];
  });
}

const nothingOwn: ReadonlySet<string> = new Set();

/** Fields that no schema names were read from JSON, as the others were. */
export function fieldDifferences(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  except = nothingOwn,
): [string, JsonValue][] {
  return differences(before, after).flatMap(([field, value]): [string, JsonValue][] => (except.has(field) ? [] : [[field, value as JsonValue]]));
}

/** As an operation says it: what is gone is left out. */
export const put = <V>(value: V | undefined): { value?: V } => (value === undefined ? {} : { value });
