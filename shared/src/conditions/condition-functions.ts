import type { Scalar } from '../json.ts';

export type ConditionType = 'text' | 'number' | 'truth' | 'unknown';
export type Value = Scalar | null;

export interface ConditionFunction {
  readonly least: number;
  readonly most: number;
  /** What every value must be. */
  readonly takes: ConditionType;
  /** `unknown`: what it was given. */
  readonly gives: ConditionType;
  /** Given values of the right type, none of them null; undefined: no answer. */
  readonly apply: (values: readonly Value[]) => Value | undefined;
}

/** Ask what became of the steps above; they may stand without parentheses. */
export const statusWords: ReadonlySet<string> = new Set(['always', 'failed', 'succeeded']);

const text = (value: Value | undefined): string => String(value ?? '');
const number = (value: Value | undefined): number => Number(value ?? 0);
const status: ConditionFunction = { least: 0, most: 0, takes: 'unknown', gives: 'truth', apply: () => undefined };

/** The functions of the language. All of them are total: they end, and what has no answer is undefined. */
export const conditionFunctions: Readonly<Record<string, ConditionFunction>> = {
  always: status,
  failed: status,
  succeeded: status,
  len: { least: 1, most: 1, takes: 'text', gives: 'number', apply: ([a]) => text(a).length },
  lower: { least: 1, most: 1, takes: 'text', gives: 'text', apply: ([a]) => text(a).toLowerCase() },
  upper: { least: 1, most: 1, takes: 'text', gives: 'text', apply: ([a]) => text(a).toUpperCase() },
  trim: { least: 1, most: 1, takes: 'text', gives: 'text', apply: ([a]) => text(a).trim() },
  contains: { least: 2, most: 2, takes: 'text', gives: 'truth', apply: ([a, b]) => text(a).includes(text(b)) },
  startswith: { least: 2, most: 2, takes: 'text', gives: 'truth', apply: ([a, b]) => text(a).startsWith(text(b)) },
  endswith: { least: 2, most: 2, takes: 'text', gives: 'truth', apply: ([a, b]) => text(a).endsWith(text(b)) },
  replace: { least: 3, most: 3, takes: 'text', gives: 'text', apply: ([a, b, c]) => text(a).split(text(b)).join(text(c)) },
  abs: { least: 1, most: 1, takes: 'number', gives: 'number', apply: ([a]) => Math.abs(number(a)) },
  round: { least: 1, most: 1, takes: 'number', gives: 'number', apply: ([a]) => Math.round(number(a)) },
  floor: { least: 1, most: 1, takes: 'number', gives: 'number', apply: ([a]) => Math.floor(number(a)) },
  ceil: { least: 1, most: 1, takes: 'number', gives: 'number', apply: ([a]) => Math.ceil(number(a)) },
  min: { least: 1, most: Infinity, takes: 'number', gives: 'number', apply: (values) => Math.min(...values.map(number)) },
  max: { least: 1, most: Infinity, takes: 'number', gives: 'number', apply: (values) => Math.max(...values.map(number)) },
  number: { least: 1, most: 1, takes: 'unknown', gives: 'number', apply: ([a]) => toNumber(a ?? null) },
  string: { least: 1, most: 1, takes: 'unknown', gives: 'text', apply: ([a]) => text(a) },
  /** The first that is not null; the only one that is asked with nulls. */
  coalesce: { least: 1, most: Infinity, takes: 'unknown', gives: 'unknown', apply: (values) => values.find((value) => value !== null) ?? null },
};

function toNumber(value: Value): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  const read = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
  return Number.isFinite(read) ? read : undefined;
}
