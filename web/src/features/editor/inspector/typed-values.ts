import { Json } from '@pipewright/shared/json.ts';

/** What has a value: an operation goes over the wire as JSON, which knows no undefined. */
export function definedOf(object: Readonly<Record<string, unknown>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(object).flatMap(([key, value]) => (value === undefined ? [] : [[key, Json.parse(value)]])));
}

/** Undefined for a text that is none, as one is while it is being typed. */
export function positiveNumber(text: string): number | undefined {
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) && value > 0 ? value : undefined;
}

export function wholeNumber(text: string): number | undefined {
  const value = positiveNumber(text);
  return value !== undefined && Number.isInteger(value) && value <= 100_000 ? value : undefined;
}
