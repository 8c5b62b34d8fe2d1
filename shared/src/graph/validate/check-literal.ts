import type { ParameterDefinition } from '../../component/ports.ts';
import type { Scalar } from '../../json.ts';
import type { ProblemCode } from '../problem.ts';
import { suggestName } from '../suggest-name.ts';
import { hintText } from './step-scope.ts';

export interface LiteralProblem {
  readonly code: ProblemCode;
  /** Continues a sentence that begins with the parameter's name. */
  readonly text: string;
  /** An error unless said. */
  readonly severity?: 'warning';
  /** The nearest value that may stand there. */
  readonly better?: Scalar;
}

/** Why a literal may not stand for a parameter, or null. Numbers may be written as text, as Azure reads them. */
export function checkLiteral(value: Scalar, definition: ParameterDefinition): LiteralProblem | null {
  const { type } = definition;
  if (type === 'string') return checkEnum(textOf(value), definition);
  if (type === 'boolean') {
    const isBoolean = typeof value === 'boolean' || /^(true|false)$/i.test(String(value));
    return isBoolean ? null : { code: 'invalid-literal', text: `must be true or false, not "${value}".` };
  }
  const number = readNumber(value);
  if (number === null) return { code: 'invalid-literal', text: `must be ${type === 'integer' ? 'a whole number' : 'a number'}, not "${value}".` };
  if (type === 'integer' && !Number.isInteger(number)) {
    const whole = Math.trunc(number);
    return (
      checkRange(whole, definition) ?? {
        code: 'invalid-literal',
        severity: 'warning',
        text: `must be a whole number: of ${number}, ${whole} is used.`,
        better: whole,
      }
    );
  }
  return checkRange(number, definition) ?? checkEnum(String(value), definition);
}

function checkRange(value: number, { min, max }: ParameterDefinition): LiteralProblem | null {
  const isBelow = min !== undefined && value < min;
  const isAbove = max !== undefined && value > max;
  if (!isBelow && !isAbove) return null;
  const range = min !== undefined && max !== undefined ? `between ${min} and ${max}` : min !== undefined ? `at least ${min}` : `at most ${max}`;
  const better = isBelow ? min : max;
  return { code: 'out-of-range', text: `must be ${range}, not ${value}.`, ...(better === undefined ? {} : { better }) };
}

function checkEnum(value: string, definition: ParameterDefinition): LiteralProblem | null {
  if (!definition.enum) return null;
  const allowed = definition.enum.map(textOf);
  if (allowed.includes(value)) return null;
  const better = suggestName(value, allowed);
  const text = `must be one of ${allowed.join(', ')}, not "${value}".${hintText(better)}`;
  return { code: 'not-in-enum', text, ...(better === undefined ? {} : { better }) };
}

/** A truth value is written as Python does, which is what scripts compare with. */
const textOf = (value: Scalar): string => (typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value));

function readNumber(value: Scalar): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** The literal in the type of its parameter, as Azure reads it: `"10.7"` is 10 for an integer, `"TRUE"` is true. */
export function coerceLiteral(value: Scalar, type: ParameterDefinition['type']): Scalar {
  if (type === 'string') return textOf(value);
  if (type === 'boolean') return typeof value === 'boolean' ? value : String(value).toLowerCase() === 'true';
  const number = readNumber(value);
  if (number === null) return value;
  return type === 'integer' ? Math.trunc(number) : number;
}
