import type { Binding } from '../expressions/binding.ts';
import type { Scalar } from '../json.ts';

export const binaryOperators = ['or', 'and', 'in', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%'] as const;
export type BinaryOperator = (typeof binaryOperators)[number];

/** A condition taken apart; `at` is the offset in the text where the part begins. */
export type Condition =
  | { readonly kind: 'literal'; readonly value: Scalar | null; readonly at: number }
  | { readonly kind: 'reference'; readonly binding: Binding; readonly at: number }
  | { readonly kind: 'list'; readonly items: readonly Condition[]; readonly at: number }
  | { readonly kind: 'unary'; readonly operator: 'not' | '-'; readonly operand: Condition; readonly at: number }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Condition; readonly right: Condition; readonly at: number }
  | { readonly kind: 'call'; readonly name: string; readonly inputs: readonly Condition[]; readonly at: number };

export type ConditionOf<K extends Condition['kind']> = Extract<Condition, { kind: K }>;
