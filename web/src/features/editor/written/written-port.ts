import { InputDefinition, OutputDefinition } from '@pipewright/shared/component/ports.ts';
import { isScalarType, PortType } from '@pipewright/shared/component/port-type.ts';
import { checkLiteral } from '@pipewright/shared/graph/validate/check-literal.ts';
import { whyNotAName } from '@pipewright/shared/graph/validate/why-not-a-name.ts';
import type { Scalar } from '@pipewright/shared/json.ts';
import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import { z } from 'zod';

const Definition = z.union([InputDefinition, OutputDefinition]);
type Definition = z.infer<typeof Definition>;

/** A port or parameter of a component as it is being written: what is typed stays text. */
export const WrittenPort = z.object({
  side: z.enum(['inputs', 'outputs']),
  name: z.string(),
  type: PortType,
  /** The default; empty: none. */
  fallback: z.string(),
  isOptional: z.boolean(),
  description: z.string(),
  min: z.string().default(''),
  max: z.string().default(''),
  /** The values that may be chosen from; empty: any. */
  choices: z.array(z.string()).default([]),
  /** The one that it was made of, with its name there; null: it is new. */
  origin: z.object({ name: z.string(), definition: Definition }).nullable().default(null),
});
export type WrittenPort = z.infer<typeof WrittenPort>;
type Side = WrittenPort['side'];

export const newPort = (side: Side, name: string, type: PortType): WrittenPort => ({
  side,
  name,
  type,
  fallback: '',
  isOptional: false,
  description: '',
  min: '',
  max: '',
  choices: [],
  origin: null,
});

export const isNumeric = (type: PortType): boolean => type === 'integer' || type === 'number';
/** Of what there are so many values that some may be singled out. */
export const isChosen = (type: PortType): boolean => type === 'string' || isNumeric(type);

/** A port or parameter of a component that is there, ready to be written otherwise. */
export const portOf = (side: Side, name: string, definition: Definition): WrittenPort => ({
  ...newPort(side, name, definition.type),
  ...typedOf(definition),
  origin: { name, definition },
});

/** What the fields of its form hold. */
const typedOf = (definition: Definition) => ({
  type: definition.type,
  fallback: wordsOf(definition['default']),
  isOptional: definition['optional'] === true,
  description: definition.description ?? '',
  min: wordsOf(definition['min']),
  max: wordsOf(definition['max']),
  choices: Array.isArray(definition['enum']) ? definition['enum'].map(wordsOf) : [],
});

const wordsOf = (value: unknown): string => (value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value));

/** As a component's file says it. What is not written here stays as it is. */
export function definitionOf(port: WrittenPort): Definition {
  const { side, type, origin, description } = port;
  if (origin && isSaidAsBefore(port)) return origin.definition;
  const before: Readonly<Record<string, unknown>> = origin?.definition ?? {};
  const kept = Object.fromEntries(Object.entries(before).filter(([key]) => !written.has(key) && (key !== 'mode' || !isScalarType(type))));
  const value = hasDefaultOfOrigin(port) ? before['default'] : readDefault(port);
  const isOptional = port.isOptional && (isNothing(value) || before['optional'] === true);
  const { min, max, enum: choices } = limitsOf(port);
  return (side === 'inputs' ? InputDefinition : OutputDefinition).parse({
    type,
    ...(side === 'inputs' && value !== undefined ? { default: value } : {}),
    ...(side === 'inputs' && isOptional ? { optional: true } : {}),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(choices === undefined ? {} : { enum: choices }),
    ...(description.trim() === '' ? {} : { description: description.trim() }),
    ...kept,
  });
}

const written: ReadonlySet<string> = new Set(['type', 'default', 'optional', 'min', 'max', 'enum', 'description']);

/** Nothing but its name may be another. */
function isSaidAsBefore({ origin, name: _name, side: _side, ...typed }: WrittenPort): boolean {
  return origin !== null && canonicalJson(typed) === canonicalJson(typedOf(origin.definition));
}

/** What is typed means the default that is said, in whatever way it is said there. */
function hasDefaultOfOrigin({ origin, type, fallback }: WrittenPort): boolean {
  return origin?.definition.type === type && wordsOf(origin.definition['default']) === fallback;
}

const isNothing = (value: unknown): boolean => value === undefined || value === null;

/** Data has none that is typed here. */
const readDefault = ({ fallback, type }: WrittenPort): Scalar | undefined => (fallback === '' || !isScalarType(type) ? undefined : readValue(fallback, type));

/** Undefined for a text that is no value of the type. */
function readValue(text: string, type: PortType): Scalar | undefined {
  if (!isScalarType(type) || type === 'string') return text;
  if (type === 'boolean') return readTruth(text);
  const number = readNumber(text);
  return number === undefined || (type === 'integer' && !Number.isSafeInteger(number)) ? undefined : number;
}

function readTruth(text: string): boolean | undefined {
  const said = text.trim().toLowerCase();
  return said === 'true' ? true : said === 'false' ? false : undefined;
}

function readNumber(text: string): number | undefined {
  const number = Number(text);
  return text.trim() !== '' && Number.isFinite(number) ? number : undefined;
}

// ---- what may be wrong --------------------------------------------------------------------------------------------

export interface WrongPort {
  readonly name: string | null;
  readonly fallback: string | null;
  readonly min: string | null;
  readonly max: string | null;
  readonly choices: string | null;
}

export const isRightPort = (wrong: WrongPort): boolean => Object.values(wrong).every((why) => why === null);

/** Why a port cannot stand as it is written, at the fields that say so. `ports` are all there are. */
export function whatIsWrongWith(port: WrittenPort, ports: readonly WrittenPort[]): WrongPort {
  const { type } = port;
  const name = whyNotNamed(port, ports);
  if (isSaidAsBefore(port) || port.side === 'outputs') return { name, fallback: null, min: null, max: null, choices: null };
  const isNumber = (text: string): boolean => text === '' || readValue(text, type) !== undefined;
  const [min, max] = [readNumber(port.min), readNumber(port.max)];
  const isCrossed = min !== undefined && max !== undefined && min > max;
  const odd = port.choices.find((choice) => readValue(choice, type) === undefined);
  return {
    name,
    fallback: whyNotDefault(port),
    min: isNumeric(type) && !isNumber(port.min) ? noneOf(type) : null,
    max: !isNumeric(type) ? null : !isNumber(port.max) ? noneOf(type) : isCrossed ? 'Less than the least' : null,
    choices: isChosen(type) && odd !== undefined ? `${odd} is no ${type}` : null,
  };
}

const noneOf = (type: PortType): string => `That is no ${type}`;

function whyNotNamed({ side, name }: WrittenPort, ports: readonly WrittenPort[]): string | null {
  const wrong = whyNotAName(name, side);
  if (wrong) return wrong.code === 'reserved-name' ? `${name} is a variable of every shell` : 'Letters, digits and _ only, not beginning with a digit';
  return ports.filter((other) => other.name === name && other.side === side).length > 1 ? 'There is another one' : null;
}

function whyNotDefault(port: WrittenPort): string | null {
  const { type, fallback } = port;
  if (fallback === '' || !isScalarType(type)) return null;
  const value = readDefault(port);
  if (value === undefined) return noneOf(type);
  const problem = checkLiteral(value, { type, ...limitsOf(port) });
  return problem === null ? null : problem.code === 'not-in-enum' ? 'Not among the choices' : `It ${problem.text.replace(/, not .*$/, '')}`;
}

/** Those that its type has. */
function limitsOf({ type, min, max, choices }: WrittenPort): { readonly min?: number; readonly max?: number; readonly enum?: Scalar[] } {
  const [least, most] = isNumeric(type) ? [readNumber(min), readNumber(max)] : [];
  const allowed = isChosen(type) ? choices.flatMap((choice) => readValue(choice, type) ?? []) : [];
  return {
    ...(least === undefined ? {} : { min: least }),
    ...(most === undefined ? {} : { max: most }),
    ...(allowed.length === 0 ? {} : { enum: allowed }),
  };
}
