import { canonicalJson } from '../pipeline/canonical-json.ts';
import type { Step } from '../pipeline/step.ts';
import type { DraftOp } from './draft-op.ts';

type JsonValue = Extract<DraftOp, { op: 'step.setField' }>['value'];

/** The operations that make one step of another under the same key. */
export function stepChanges(key: string, before: Step, after: Step): DraftOp[] {
  if (before === after) return [];
  const inputs = differences(before.inputs, after.inputs).map(([input, value]): DraftOp => ({ op: 'step.setInput', step: key, input, ...put(value) }));
  const outputs = differences(before.outputs, after.outputs).map(([output, value]): DraftOp => ({ op: 'step.setOutput', step: key, output, ...put(value) }));
  const fields = differences<unknown>(before, after).flatMap(([field, value]): DraftOp[] =>
    // Fields that no schema names were read from JSON, as the others were.
    field === 'inputs' || field === 'outputs' ? [] : [{ op: 'step.setField', step: key, field, ...put(value as JsonValue) }],
  );
  return [...inputs, ...outputs, ...fields];
}

function differences<V>(before: Readonly<Record<string, V>>, after: Readonly<Record<string, V>>): [string, V | undefined][] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name): [string, V | undefined][] => {
    const [old, next] = [before, after].map((map) => (Object.hasOwn(map, name) ? map[name] : undefined));
    return canonicalJson([old, old === undefined]) === canonicalJson([next, next === undefined]) ? [] : [[name, next]];
  });
}

const put = <V>(value: V | undefined): { value?: V } => (value === undefined ? {} : { value });
