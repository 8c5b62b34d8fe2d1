import { suggestName } from '../graph/suggest-name.ts';
import type { BinaryOperator, Condition } from './condition.ts';
import { conditionFunctions, statusWords } from './condition-functions.ts';
import { ConditionSyntaxError, tokenizeCondition, type Token } from './tokenize-condition.ts';

export type ParsedCondition = { readonly ok: true; readonly condition: Condition } | { readonly ok: false; readonly message: string; readonly offset: number };

/** How tightly an operator binds; the higher, the tighter. Comparisons do not chain. */
const strength: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  in: 4,
  '==': 4,
  '!=': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
};
const notStrength = 3;
const minusStrength = 7;
/** Deeper ones are nobody's; the parser calls itself for each level. */
const deepest = 64;

/** Reads a condition; never throws. Operators bind as in Python. */
export function parseCondition(text: string): ParsedCondition {
  try {
    const parser = new Parser(tokenizeCondition(text), text.length);
    return { ok: true, condition: parser.whole() };
  } catch (error) {
    if (error instanceof ConditionSyntaxError) return { ok: false, message: error.message, offset: error.offset };
    throw error;
  }
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  #index = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], end: number) {
    this.#tokens = tokens;
    this.#end = end;
  }

  whole(): Condition {
    const condition = this.#expression(0);
    const rest = this.#peek();
    if (rest) throw new ConditionSyntaxError(`${say(rest)} is too much here`, rest.at);
    return condition;
  }

  #expression(least: number): Condition {
    this.#depth += 1;
    if (this.#depth > deepest) throw new ConditionSyntaxError('it is nested too deeply', this.#peek()?.at ?? this.#end);
    let left = this.#prefix();
    for (let operator = this.#operator(); operator && strength[operator] > least; operator = this.#operator()) {
      const at = this.#peek()?.at ?? this.#end;
      this.#index += 1;
      const right = this.#expression(strength[operator]);
      left = { kind: 'binary', operator, left, right, at };
      const next = this.#operator();
      if (next && strength[next] === strength['=='] && strength[operator] === strength['==']) {
        throw new ConditionSyntaxError('comparisons cannot be chained: join them with "and"', this.#peek()?.at ?? this.#end);
      }
    }
    this.#depth -= 1;
    return left;
  }

  #prefix(): Condition {
    const token = this.#peek();
    if (!token) throw new ConditionSyntaxError('something is missing at the end', this.#end);
    this.#index += 1;
    const { at } = token;
    switch (token.kind) {
      case 'number':
      case 'text':
        return { kind: 'literal', value: token.value, at };
      case 'reference':
        return { kind: 'reference', binding: token.binding, at };
      case 'word':
        return this.#word(token.value, at);
      case 'sign':
        return this.#sign(token.value, at);
    }
  }

  #word(name: string, at: number): Condition {
    if (name === 'true' || name === 'True') return { kind: 'literal', value: true, at };
    if (name === 'false' || name === 'False') return { kind: 'literal', value: false, at };
    if (name === 'null' || name === 'None') return { kind: 'literal', value: null, at };
    if (name === 'not') return { kind: 'unary', operator: 'not', operand: this.#expression(notStrength), at };
    const known = Object.hasOwn(conditionFunctions, name) ? conditionFunctions[name] : undefined;
    if (!known) {
      const meant = suggestName(name, Object.keys(conditionFunctions));
      const hint = meant === undefined ? ` (a text stands in quotes: '${name}')` : `: did you mean ${meant}?`;
      throw new ConditionSyntaxError(`${name} means nothing here${hint}`, at);
    }
    if (statusWords.has(name) && !this.#isSign('(')) return { kind: 'call', name, inputs: [], at };
    this.#expect('(');
    const inputs = this.#list(')');
    if (inputs.length < known.least || inputs.length > known.most) {
      const wanted = known.least === known.most ? `${known.least}` : known.most === Infinity ? `${known.least} or more` : `${known.least} to ${known.most}`;
      throw new ConditionSyntaxError(`${name} takes ${wanted} values, not ${inputs.length}`, at);
    }
    return { kind: 'call', name, inputs, at };
  }

  #sign(sign: string, at: number): Condition {
    if (sign === '(') {
      const inside = this.#expression(0);
      this.#expect(')');
      return inside;
    }
    if (sign === '[') return { kind: 'list', items: this.#list(']'), at };
    if (sign === '!') return { kind: 'unary', operator: 'not', operand: this.#expression(notStrength), at };
    if (sign === '-') return { kind: 'unary', operator: '-', operand: this.#expression(minusStrength), at };
    throw new ConditionSyntaxError(`"${sign}" cannot stand here`, at);
  }

  #list(close: string): Condition[] {
    const items: Condition[] = [];
    while (!this.#isSign(close)) {
      if (items.length > 0) this.#expect(',');
      items.push(this.#expression(0));
    }
    this.#index += 1;
    return items;
  }

  #operator(): BinaryOperator | null {
    const token = this.#peek();
    if (token?.kind !== 'word' && token?.kind !== 'sign') return null;
    return isOperator(token.value) ? token.value : null;
  }

  #expect(sign: string): void {
    const token = this.#peek();
    if (!this.#isSign(sign)) throw new ConditionSyntaxError(`"${sign}" is missing`, token?.at ?? this.#end);
    this.#index += 1;
  }

  #isSign(sign: string): boolean {
    const token = this.#peek();
    return token?.kind === 'sign' && token.value === sign;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#index];
  }
}

const isOperator = (text: string): text is BinaryOperator => Object.hasOwn(strength, text);
const say = (token: Token): string => (token.kind === 'reference' ? 'the reference' : `"${token.value}"`);
