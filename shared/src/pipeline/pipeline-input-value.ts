import { isScalarType, PortType } from '../component/port-type.ts';
import type { Scalar } from '../json.ts';
import type { DataReference, PipelineInput } from './input-value.ts';

/** A pipeline's input taken apart: its type as far as it is known, and its value as far as there is one. */
export interface PipelineInputValue {
  readonly type: PortType | null;
  readonly value: { readonly kind: 'literal'; readonly value: Scalar } | { readonly kind: 'data'; readonly reference: DataReference } | null;
  readonly isOptional: boolean;
}

/** Reads a literal, a data reference, or a declaration with a default. */
export function pipelineInputValue(input: PipelineInput | undefined): PipelineInputValue {
  if (input === null || input === undefined) return { type: null, value: null, isOptional: false };
  if (typeof input !== 'object') return { type: typeOfScalar(input), value: { kind: 'literal', value: input }, isOptional: false };
  const parsed = PortType.safeParse(input.type);
  const type = parsed.success ? parsed.data : null;
  if (typeof input.path === 'string') {
    return { type: type ?? 'uri_folder', value: { kind: 'data', reference: { ...input, path: input.path } }, isOptional: false };
  }
  const fallback = 'default' in input ? input.default : undefined;
  const isOptional = 'optional' in input && input.optional === true;
  if (!isScalarValue(fallback)) return { type, value: null, isOptional };
  if (type !== null && !isScalarType(type)) return { type, value: { kind: 'data', reference: { type, path: String(fallback) } }, isOptional };
  return { type: type ?? typeOfScalar(fallback), value: { kind: 'literal', value: fallback }, isOptional };
}

/** Whether it says of itself that its value is a text; a number that a step reads in it is then a decimal one. */
export const isDeclaredText = (input: PipelineInput | undefined): boolean => typeof input === 'object' && input !== null && input.type === 'string';

export function typeOfScalar(value: Scalar): PortType {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return 'string';
}

const isScalarValue = (value: unknown): value is Scalar => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
