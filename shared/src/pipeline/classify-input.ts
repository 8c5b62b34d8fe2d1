import { parseBinding, bindingsIn, type Binding, type PlacedBinding } from '../expressions/binding.ts';
import type { Scalar } from '../json.ts';
import type { DataReference, StepInput } from './input-value.ts';

/** What stands in a step's input. */
export type InputContent =
  | { readonly kind: 'absent' }
  | { readonly kind: 'literal'; readonly value: Scalar }
  | { readonly kind: 'binding'; readonly binding: Binding }
  /** A text with bindings inside: scalars are filled in when the run is accepted. */
  | { readonly kind: 'template'; readonly text: string; readonly bindings: readonly PlacedBinding[] }
  | { readonly kind: 'data'; readonly reference: DataReference };

/** `{ path: ${{…}}, mode }` is a binding as well: Azure's way to set a mode on a bound input. */
export function classifyInput(value: StepInput | undefined): InputContent {
  if (value === null || value === undefined) return { kind: 'absent' };
  if (typeof value === 'object') {
    const bound = parseBinding(value.path);
    return bound ? { kind: 'binding', binding: bound } : { kind: 'data', reference: value };
  }
  if (typeof value !== 'string') return { kind: 'literal', value };
  const binding = parseBinding(value);
  if (binding) return { kind: 'binding', binding };
  const bindings = bindingsIn(value);
  return bindings.length > 0 ? { kind: 'template', text: value, bindings } : { kind: 'literal', value };
}
