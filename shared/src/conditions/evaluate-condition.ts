import { assertNever } from '../assert-never.ts';
import { formatBinding, type Binding } from '../expressions/binding.ts';
import type { Condition, ConditionOf } from './condition.ts';
import { conditionFunctions, type Value } from './condition-functions.ts';

/** What a condition is asked of. */
export interface ConditionWorld {
  /** Null: there is none, as of a step that did not run. */
  valueOf(binding: Binding): Value;
  /** A step above failed. */
  readonly hasFailed: boolean;
  /** All steps above ended well. */
  readonly hasSucceeded: boolean;
}

export type ConditionAnswer = { readonly ok: true; readonly value: boolean } | { readonly ok: false; readonly message: string };
type Result = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly message: string };

/** Answers a condition. Total: it ends and never throws; what has no answer is an answer of its own. */
export function evaluateCondition(condition: Condition, world: ConditionWorld): ConditionAnswer {
  const result = evaluate(condition, world);
  if (!result.ok) return result;
  if (typeof result.value === 'boolean') return { ok: true, value: result.value };
  if (result.value === null) return { ok: true, value: false };
  return wrong(`it gives ${show(result.value)}, which is neither true nor false`);
}

/** The condition with the values in place: what a person wants to see where it was false. */
export function describeCondition(condition: Condition, world: ConditionWorld): string {
  return `${write(condition, world, 0)} is false`;
}

const right = (value: Value): Result => ({ ok: true, value });
const wrong = (message: string): { readonly ok: false; readonly message: string } => ({ ok: false, message });

function evaluate(part: Condition, world: ConditionWorld): Result {
  switch (part.kind) {
    case 'literal':
      return right(part.value);
    case 'reference':
      return right(world.valueOf(part.binding));
    case 'list':
      return wrong('a list can only stand after "in"');
    case 'unary':
      return unary(part, world);
    case 'binary':
      return binary(part, world);
    case 'call':
      return call(part, world);
    default:
      return assertNever(part);
  }
}

function unary({ operator, operand }: ConditionOf<'unary'>, world: ConditionWorld): Result {
  const inside = evaluate(operand, world);
  if (!inside.ok) return inside;
  if (operator === 'not')
    return typeof inside.value === 'boolean' || inside.value === null ? right(!inside.value) : wrong(`"not" needs a truth value, not ${show(inside.value)}`);
  if (inside.value === null) return right(null);
  return typeof inside.value === 'number' ? right(-inside.value) : wrong(`"-" needs a number, not ${show(inside.value)}`);
}

function binary(part: ConditionOf<'binary'>, world: ConditionWorld): Result {
  const left = evaluate(part.left, world);
  if (!left.ok) return left;
  if (part.operator === 'and' || part.operator === 'or') return logical(part, left.value, world);
  if (part.operator === 'in') return membership(part, left.value, world);
  const other = evaluate(part.right, world);
  if (!other.ok) return other;
  switch (part.operator) {
    case '==':
      return right(left.value === other.value);
    case '!=':
      return right(left.value !== other.value);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compare(part.operator, left.value, other.value);
    default:
      return calculate(part.operator, left.value, other.value);
  }
}

/** What decides comes first: the other side is not asked. */
function logical({ operator, right: second }: ConditionOf<'binary'>, first: Value, world: ConditionWorld): Result {
  if (typeof first !== 'boolean' && first !== null) return wrong(`"${operator}" needs truth values, not ${show(first)}`);
  if (operator === 'and' ? !first : first === true) return right(first === true);
  const other = evaluate(second, world);
  if (!other.ok) return other;
  if (typeof other.value !== 'boolean' && other.value !== null) return wrong(`"${operator}" needs truth values, not ${show(other.value)}`);
  return right(other.value === true);
}

function membership({ right: list }: ConditionOf<'binary'>, value: Value, world: ConditionWorld): Result {
  if (list.kind !== 'list') return wrong('"in" needs a list after it');
  for (const item of list.items) {
    const found = evaluate(item, world);
    if (!found.ok) return found;
    if (found.value === value) return right(true);
  }
  return right(false);
}

function compare(operator: '<' | '<=' | '>' | '>=', a: Value, b: Value): Result {
  if (a === null || b === null) return right(false);
  const isOrdered = (typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string');
  if (!isOrdered) return wrong(`"${operator}" cannot compare ${show(a)} with ${show(b)}`);
  switch (operator) {
    case '<':
      return right(a < b);
    case '<=':
      return right(a <= b);
    case '>':
      return right(a > b);
    case '>=':
      return right(a >= b);
  }
}

function calculate(operator: '+' | '-' | '*' | '/' | '%', a: Value, b: Value): Result {
  if (a === null || b === null) return right(null);
  if (typeof a !== 'number' || typeof b !== 'number') return wrong(`"${operator}" needs numbers, not ${show(typeof a === 'number' ? b : a)}`);
  if ((operator === '/' || operator === '%') && b === 0) return wrong(`${a} ${operator} 0 is no number`);
  switch (operator) {
    case '+':
      return right(a + b);
    case '-':
      return right(a - b);
    case '*':
      return right(a * b);
    case '/':
      return right(a / b);
    case '%':
      return right(a % b);
  }
}

function call({ name, inputs }: ConditionOf<'call'>, world: ConditionWorld): Result {
  if (name === 'always') return right(true);
  if (name === 'failed') return right(world.hasFailed);
  if (name === 'succeeded') return right(world.hasSucceeded);
  const known = conditionFunctions[name];
  if (!known) return wrong(`there is no ${name}`);
  const values: Value[] = [];
  for (const input of inputs) {
    const value = evaluate(input, world);
    if (!value.ok) return value;
    if (value.value === null && name !== 'coalesce') return right(null);
    if (!isOfType(value.value, known.takes)) return wrong(`${name} cannot take ${show(value.value)}`);
    values.push(value.value);
  }
  const result = known.apply(values);
  return result === undefined ? wrong(`${name} of ${values.map(show).join(', ')} is no value`) : right(result);
}

function isOfType(value: Value, type: 'text' | 'number' | 'truth' | 'unknown'): boolean {
  return type === 'unknown' || (type === 'text' && typeof value === 'string') || (type === 'number' && typeof value === 'number');
}

const show = (value: Value): string => (typeof value === 'string' ? `"${value}"` : String(value));

/** `least`: parentheses stand around what binds less tightly than its surroundings. */
function write(part: Condition, world: ConditionWorld, depth: number): string {
  switch (part.kind) {
    case 'literal':
      return show(part.value);
    case 'reference':
      return `${nameOf(part.binding)} ${show(world.valueOf(part.binding))}`;
    case 'list':
      return `[${part.items.map((item) => write(item, world, 0)).join(', ')}]`;
    case 'unary':
      return `${part.operator === 'not' ? 'not ' : '-'}${write(part.operand, world, depth + 1)}`;
    case 'binary': {
      const text = `${write(part.left, world, depth + 1)} ${part.operator} ${write(part.right, world, depth + 1)}`;
      return depth === 0 ? text : `(${text})`;
    }
    case 'call':
      return part.inputs.length === 0 ? part.name : `${part.name}(${part.inputs.map((input) => write(input, world, 0)).join(', ')})`;
    default:
      return assertNever(part);
  }
}

function nameOf(binding: Binding): string {
  switch (binding.source) {
    case 'step-status':
      return `status of ${binding.step}`;
    case 'step-output':
    case 'step-input':
    case 'pipeline-input':
      return binding.name;
    case 'pipeline-output':
      return formatBinding(binding);
  }
}
