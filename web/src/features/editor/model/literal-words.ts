import { ParameterDefinition } from '@pipewright/shared/component/ports.ts';
import type { Scalar } from '@pipewright/shared/json.ts';
import { checkLiteral } from '@pipewright/shared/graph/validate/check-literal.ts';

/** What is to be said under a field of what is typed into it. */
export interface LiteralWords {
  readonly text: string;
  /** It is not taken; otherwise it is, in another way than it stands there. */
  readonly isError: boolean;
}

/** What a typed value is not, by what is declared of its input: `must be between 1 and 21, not 0`; null where nothing is wrong with it. */
export function literalWords(value: Scalar, declared: unknown): LiteralWords | null {
  const definition = ParameterDefinition.safeParse(declared);
  const wrong = definition.success ? checkLiteral(value, definition.data, 'decimal') : null;
  if (!wrong) return null;
  const { text, severity = 'error', code, better } = wrong;
  if (severity === 'error') return { text: text.replace(/\.$/, ''), isError: true };
  const isCut = code === 'invalid-literal' && better !== undefined;
  return { text: isCut ? `Of ${value}, ${better} is used.` : `${text.charAt(0).toUpperCase()}${text.slice(1)}`, isError: false };
}
