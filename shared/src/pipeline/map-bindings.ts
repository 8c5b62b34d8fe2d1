import { bindingsIn, formatBinding, type Binding } from '../expressions/binding.ts';
import { classifyInput } from './classify-input.ts';
import type { StepInput } from './input-value.ts';
import type { Step } from './step.ts';

/** A binding somewhere in a step. */
export interface BindingInStep {
  readonly binding: Binding;
  readonly field: string;
  /** The input that it stands in; null: it stands elsewhere. */
  readonly input: string | null;
  /** It is all that stands there. */
  readonly isWhole: boolean;
}

/** What is to stand in place of a binding: another one, or what a step's input may hold; undefined: nothing. */
export type Instead = { readonly binding: Binding } | { readonly value: StepInput | undefined };

export type MappedStep = { readonly ok: true; readonly step: Step } | { readonly ok: false; readonly found: BindingInStep };

/** Texts that speak of the step's own ports, or of nothing in the pipeline. */
const ownFields: ReadonlySet<string> = new Set(['command', 'component', 'trial', 'task', 'code', 'environment', 'outputs', 'display_name', 'description']);
/** Where the spellings without `parent.` are bindings too. */
const readingFields: ReadonlySet<string> = new Set([
  'inputs',
  'when',
  'for_each',
  'condition',
  'items',
  'mapping',
  'training_data',
  'validation_data',
  'test_data',
]);

/** Every binding by which a step reads something of its pipeline. */
export function bindingsOfStep(step: Step): BindingInStep[] {
  const found: BindingInStep[] = [];
  mapBindings(step, (each) => {
    found.push(each);
    return null;
  });
  return found;
}

/**
 * The step with other bindings, or with values in their place; null from `instead` leaves one as it is. Not ok where data
 * would have to be written into a text.
 */
export function mapBindings(step: Step, instead: (found: BindingInStep) => Instead | null): MappedStep {
  const mapper = new Mapper(instead);
  const changed: Record<string, unknown> = { ...step };
  for (const [field, value] of Object.entries(step)) {
    if (ownFields.has(field)) continue;
    const next = field === 'inputs' ? mapper.inputs(step.inputs) : mapper.value(value, { field, input: null });
    if (next === undefined) delete changed[field];
    else changed[field] = next;
  }
  // Each field holds what it held before, with other texts or values in it.
  return mapper.refused ? { ok: false, found: mapper.refused } : { ok: true, step: changed as Step };
}

/** What a value is in place of a binding: a binding may stand in the middle of a text, other things only by themselves or as words. */
export function asInstead(value: StepInput | undefined, { field, isWhole }: Pick<BindingInStep, 'field' | 'isWhole'>): Instead {
  const content = classifyInput(value);
  // What is said beside a binding goes along where there is room for it.
  const isRoom = isWhole && field !== 'when' && typeof value === 'object';
  return content.kind === 'binding' && !isRoom ? { binding: content.binding } : { value };
}

type Place = Pick<BindingInStep, 'field' | 'input'>;

class Mapper {
  readonly #instead: (found: BindingInStep) => Instead | null;
  refused: BindingInStep | null = null;

  constructor(instead: (found: BindingInStep) => Instead | null) {
    this.#instead = instead;
  }

  inputs(inputs: Step['inputs']): Step['inputs'] {
    return Object.fromEntries(
      Object.entries(inputs).flatMap(([input, value]): [string, StepInput][] => {
        const next = this.value(value, { field: 'inputs', input });
        // What stood in an input is replaced by what an input may hold.
        return next === undefined ? [] : [[input, next as StepInput]];
      }),
    );
  }

  value(value: unknown, place: Place): unknown {
    if (typeof value === 'string') return this.#text(value, place);
    if (Array.isArray(value)) return value.map((item: unknown) => this.value(item, place));
    if (value === null || typeof value !== 'object') return value;
    const fields: Readonly<Record<string, unknown>> = { ...value };
    const { path } = fields;
    if (typeof path === 'string' && bindingsIn(path).length > 0) return this.#reference(fields, this.#text(path, place));
    return Object.fromEntries(Object.entries(fields).map(([key, member]) => [key, this.value(member, place)]));
  }

  /** `{ path: ${{…}}, mode }`: what is said beside the binding is said of whatever takes its place. */
  #reference({ path: _bound, ...beside }: Readonly<Record<string, unknown>>, next: unknown): unknown {
    if (next !== null && typeof next === 'object') return { ...next, ...beside };
    return typeof next === 'string' ? { ...beside, path: next } : next;
  }

  #text(text: string, place: Place): unknown {
    const isAnyForm = readingFields.has(place.field);
    const placed = bindingsIn(text).filter(({ start, end }) => isAnyForm || text.slice(start, end).includes('parent'));
    let result = text;
    for (const { binding, start, end } of placed.toReversed()) {
      if (binding === null) continue;
      const isWhole = text.slice(0, start).trim() === '' && text.slice(end).trim() === '';
      const found: BindingInStep = { ...place, binding, isWhole };
      const instead = this.#instead(found);
      if (instead === null) continue;
      if ('binding' in instead) result = result.slice(0, start) + formatBinding(instead.binding) + result.slice(end);
      else if (isWhole && (place.field !== 'when' || typeof instead.value === 'boolean')) return instead.value;
      else {
        const written = wordsFor(instead.value, place.field === 'when');
        if (written === null) this.refused ??= found;
        result = result.slice(0, start) + (written ?? '') + result.slice(end);
      }
    }
    return result;
  }
}

/** A value inside a longer text; null where it cannot stand in one. */
function wordsFor(value: StepInput | undefined, isCondition: boolean): string | null {
  if (value === undefined || value === null || typeof value === 'object') return null;
  if (typeof value !== 'string' || !isCondition) return String(value);
  if (value.includes('${{')) return null;
  const quote = ["'", '"'].find((mark) => !value.includes(mark));
  return quote === undefined ? null : `${quote}${value}${quote}`;
}
