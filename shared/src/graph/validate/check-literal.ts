import { decimalOf, numberOf, truthOf } from '../../azure/older-yaml.ts';
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

/** How numbers in a text are read: as Azure's tools read a value without quotes, or as anybody reads a text. */
export type Reading = 'older-yaml' | 'decimal';

/** Why a literal may not stand for a parameter, or null. Numbers may be written as text, as Azure reads them. */
export function checkLiteral(value: Scalar, definition: ParameterDefinition, reading: Reading = 'older-yaml'): LiteralProblem | null {
  const { type } = definition;
  if (type === 'string') return checkEnum(textOf(value), definition);
  if (type === 'boolean') {
    return readTruth(value) !== null ? null : { code: 'invalid-literal', text: `must be true or false, not "${value}".` };
  }
  const number = readNumber(value, reading);
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

/** As Azure's tools do, it lets other values pass: what the script makes of them is for the script to say. */
function checkEnum(value: string, definition: ParameterDefinition): LiteralProblem | null {
  if (!definition.enum) return null;
  const allowed = definition.enum.map(textOf);
  if (allowed.includes(value)) return null;
  const better = suggestName(value, allowed);
  const text = `should be one of ${allowed.join(', ')}, and is given as "${value}" all the same.${hintText(better)}`;
  return { code: 'not-in-enum', severity: 'warning', text, ...(better === undefined ? {} : { better }) };
}

/** A truth value is written as Python does, which is what scripts compare with. */
const textOf = (value: Scalar): string => (typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value));

function readNumber(value: Scalar, reading: Reading): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return null;
  return reading === 'decimal' ? decimalOf(value) : numberOf(value);
}

function readTruth(value: Scalar): boolean | null {
  if (typeof value === 'boolean') return value;
  return /^true$/i.test(String(value)) ? true : /^false$/i.test(String(value)) ? false : truthOf(String(value));
}

/** The literal in the type of its parameter, as Azure reads it: `"10.7"` is 10 for an integer, `0755` is 493 unless it is read as a decimal, `"TRUE"` and `yes` are true. */
export function coerceLiteral(value: Scalar, type: ParameterDefinition['type'], reading: Reading = 'older-yaml'): Scalar {
  if (type === 'string') return textOf(value);
  if (type === 'boolean') return readTruth(value) ?? value;
  const number = readNumber(value, reading);
  // More digits than a number can hold are passed on as they are.
  if (number === null || (typeof value === 'string' && Number.isInteger(number) && !Number.isSafeInteger(number))) return value;
  return type === 'integer' ? Math.trunc(number) : number;
}
