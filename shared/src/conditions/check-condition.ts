import { assertNever } from '../assert-never.ts';
import type { Binding } from '../expressions/binding.ts';
import type { Condition, ConditionOf } from './condition.ts';
import { conditionFunctions, type ConditionType } from './condition-functions.ts';

export type { ConditionType } from './condition-functions.ts';

export interface ConditionProblem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly offset: number;
}

type TypeOf = (binding: Binding) => ConditionType;

/** What can be told of a condition's types before the run; a condition without errors here has none at run time. */
export function checkCondition(condition: Condition, typeOf: TypeOf): readonly ConditionProblem[] {
  const checker = new Checker(typeOf);
  checker.expect(condition, 'truth', 'a condition');
  return checker.problems;
}

class Checker {
  readonly problems: ConditionProblem[] = [];
  readonly #typeOf: TypeOf;

  constructor(typeOf: TypeOf) {
    this.#typeOf = typeOf;
  }

  expect(part: Condition, wanted: ConditionType, by: string): void {
    const type = this.#type(part);
    if (type === 'unknown' || wanted === 'unknown' || type === wanted) return;
    this.#say('error', `${by} needs ${names[wanted]}, and this is ${names[type]}`, part.at);
  }

  #type(part: Condition): ConditionType {
    switch (part.kind) {
      case 'literal':
        return typeOfValue(part.value);
      case 'reference':
        return this.#typeOf(part.binding);
      case 'list':
        this.#say('error', 'a list can only stand after "in"', part.at);
        return 'unknown';
      case 'unary':
        this.expect(part.operand, part.operator === 'not' ? 'truth' : 'number', `"${part.operator}"`);
        return part.operator === 'not' ? 'truth' : 'number';
      case 'binary':
        return this.#binary(part);
      case 'call':
        return this.#call(part);
      default:
        return assertNever(part);
    }
  }

  #binary(part: ConditionOf<'binary'>): ConditionType {
    const { operator, left, right } = part;
    switch (operator) {
      case 'and':
      case 'or':
        this.expect(left, 'truth', `"${operator}"`);
        this.expect(right, 'truth', `"${operator}"`);
        return 'truth';
      case '==':
      case '!=':
        this.#same(this.#type(left), this.#type(right), part.at);
        return 'truth';
      case 'in':
        this.#membership(left, right);
        return 'truth';
      case '<':
      case '<=':
      case '>':
      case '>=':
        this.#ordered(part);
        return 'truth';
      default:
        this.expect(left, 'number', `"${operator}"`);
        this.expect(right, 'number', `"${operator}"`);
        return 'number';
    }
  }

  #same(left: ConditionType, right: ConditionType, at: number): void {
    if (left === 'unknown' || right === 'unknown' || left === right) return;
    this.#say('warning', `${names[left]} and ${names[right]} are never equal`, at);
  }

  #membership(left: Condition, right: Condition): void {
    const type = this.#type(left);
    if (right.kind !== 'list') this.#say('error', '"in" needs a list after it, as [1, 2]', right.at);
    else for (const item of right.items) this.#same(type, this.#type(item), item.at);
  }

  #ordered({ operator, left, right, at }: ConditionOf<'binary'>): void {
    const types = [this.#type(left), this.#type(right)] as const;
    if (types.includes('truth')) this.#say('error', `"${operator}" cannot put ${names.truth} in order`, at);
    else if (!types.includes('unknown') && types[0] !== types[1])
      this.#say('error', `"${operator}" cannot compare ${names[types[0]]} with ${names[types[1]]}`, at);
  }

  #call({ name, inputs }: ConditionOf<'call'>): ConditionType {
    const known = conditionFunctions[name];
    if (!known) throw new Error(`Internal error: expected the parser to refuse ${name}`);
    for (const input of inputs) this.expect(input, known.takes, name);
    if (known.gives !== 'unknown') return known.gives;
    const types = new Set(inputs.map((input) => this.#type(input)));
    return types.size === 1 ? ([...types][0] ?? 'unknown') : 'unknown';
  }

  #say(severity: ConditionProblem['severity'], message: string, offset: number): void {
    this.problems.push({ severity, message, offset });
  }
}

const names: Readonly<Record<ConditionType, string>> = { text: 'a text', number: 'a number', truth: 'a truth value', unknown: 'something' };

function typeOfValue(value: string | number | boolean | null): ConditionType {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'number';
  return value === null ? 'unknown' : 'truth';
}
