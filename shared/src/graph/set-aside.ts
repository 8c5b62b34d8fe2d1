import { isRequired } from '../component/ports.ts';
import type { ComponentLookup } from '../component/component-interface.ts';
import { asInstead, bindingsOfStep, type MappedStep, mapBindings } from '../pipeline/map-bindings.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { isBypassed, isDisabled, pinOf } from '../pipeline/step-aside.ts';
import { dependenciesOf } from '../pipeline/step-control.ts';
import { interfaceOf } from '../pipeline/step-interface.ts';
import type { StepInput } from '../pipeline/input-value.ts';
import type { Step } from '../pipeline/step.ts';
import { withoutBypassed, withOrder } from './bypass.ts';
import { sourcesOf } from './edges-of.ts';
import { topologicalOrder } from './topological-order.ts';

/** Why a step of the document is not run. */
export type Aside =
  | { readonly kind: 'disabled' }
  /** Its input goes on to what reads it. */
  | { readonly kind: 'bypassed' }
  /** It must read these, which are disabled, or need a step that is. */
  | { readonly kind: 'needs'; readonly of: readonly string[] };

export interface SetAside {
  /** The document as it runs: without those steps, and with what was around the bypassed ones joined. The same object where there are none. */
  readonly document: Pipeline;
  readonly aside: ReadonlyMap<string, Aside>;
}

const nothing: ReadonlyMap<string, Aside> = new Map();

/** Whether nothing fills an output of a step: of a pipeline in which the step that does is not run. */
export type IsOpen = (step: string, output: string) => boolean;

/** Leaves out what is disabled, with all that needs it, and what is bypassed. What cannot be bypassed stays; a rule says why. */
export function setAside(document: Pipeline, components: ComponentLookup, isOpen: IsOpen | null = null): SetAside {
  const steps = Object.values(document.jobs);
  if (isOpen === null && !steps.some((step) => isDisabled(step) || isBypassed(step))) return { document, aside: nothing };
  const { document: joined, bypassed } = withoutBypassed(document, components);
  const scope: Scope = { document: joined, components, isOpen };
  const left = disabledIn(scope);
  const aside = new Map<string, Aside>([...bypassed].map((key) => [key, { kind: 'bypassed' }]));
  for (const [key, why] of left) aside.set(key, why);
  const jobs = Object.entries(joined.jobs).flatMap(([key, step]): [string, Step][] => {
    if (left.has(key)) return [];
    const without = withoutSources(step, left, scope);
    // Only a pinned step keeps a text that cannot be written without them; it reads nothing.
    return [[key, without.ok ? without.step : step]];
  });
  return { document: { ...joined, jobs: Object.fromEntries(jobs), settings: withoutRoles(joined.settings, aside) }, aside };
}

interface Scope {
  readonly document: Pipeline;
  readonly components: ComponentLookup;
  readonly isOpen: IsOpen | null;
}

/** Steps that are disabled, and those that must read them. A pinned step needs nothing. */
function disabledIn(scope: Scope): Map<string, Aside> {
  const { document, isOpen } = scope;
  const aside = new Map<string, Aside>();
  for (const [key, step] of Object.entries(document.jobs)) if (isDisabled(step)) aside.set(key, { kind: 'disabled' });
  if (aside.size === 0 && isOpen === null) return aside;
  const order = new Set([...topologicalOrder(document), ...Object.keys(document.jobs)]);
  const needed = new Map<string, Needs>();
  let before: number;
  // What a step reads of another's inputs stands in no order with it, so a second round may find more.
  do {
    before = aside.size;
    for (const key of order) {
      const step = document.jobs[key];
      if (!step || aside.has(key) || pinOf(key, step) !== null) continue;
      const needs = needed.get(key) ?? neededBy(key, step, scope);
      needed.set(key, needs);
      const of = needs.sources.filter((source) => isGone(source, aside, scope)).map(({ step: source }) => source);
      const without = of.length > 0 || !needs.readsInputs ? null : withoutSources(step, aside, scope);
      if (without?.ok === false && 'step' in without.found.binding) of.push(without.found.binding.step);
      if (of.length > 0) aside.set(key, { kind: 'needs', of: [...new Set(of)] });
    }
  } while (aside.size > before);
  return aside;
}

interface Source {
  readonly step: string;
  /** Null: what became of the step is asked. */
  readonly output: string | null;
}

interface Needs {
  readonly sources: readonly Source[];
  /** What other steps were given. */
  readonly readsInputs: boolean;
}

const isGone = ({ step, output }: Source, left: ReadonlyMap<string, unknown>, { isOpen }: Scope): boolean =>
  left.has(step) || (output !== null && isOpen?.(step, output) === true);

/** What it cannot run without: an input that may be absent, or has a default, needs none. */
function neededBy(key: string, step: Step, { document, components }: Scope): Needs {
  const ports = interfaceOf(key, document, components);
  const found = bindingsOfStep(step);
  const sources = found.flatMap(({ binding, field, input }): readonly Source[] => {
    if (binding.source === 'step-status') return [{ step: binding.step, output: null }];
    const definition = input === null ? undefined : ports?.inputs[input];
    return field !== 'inputs' || !definition || isRequired(definition) ? sourcesOf(document, binding) : [];
  });
  return { sources, readsInputs: found.some(({ binding }) => binding.source === 'step-input') };
}

/** What is left of a step that may do without them: nothing read of them, and no order after them. Not ok where a text cannot be written without. */
function withoutSources(step: Step, left: ReadonlyMap<string, unknown>, scope: Scope): MappedStep {
  const found = bindingsOfStep(step).filter(({ binding }) => 'step' in binding);
  const open = new Set(
    found.flatMap(({ binding, input }) => (input !== null && sourcesOf(scope.document, binding).some((each) => isGone(each, left, scope)) ? [input] : [])),
  );
  const inputs = Object.fromEntries(Object.entries(step.inputs).filter(([name]) => !open.has(name)));
  const filled = open.size === 0 ? step : { ...step, inputs };
  const isGiven = found.some(({ binding }) => binding.source === 'step-input' && left.has(binding.step));
  const mapped: MappedStep = isGiven ? withGiven(filled, { left, document: scope.document, seen: new Set() }) : { ok: true, step: filled };
  const after = dependenciesOf(step).filter((before) => !left.has(before));
  if (!mapped.ok || after.length === dependenciesOf(step).length) return mapped;
  return { ok: true, step: withOrder(mapped.step, after) };
}

interface Given {
  readonly left: ReadonlyMap<string, unknown>;
  readonly document: Pipeline;
  /** Inputs on the way here: they may name each other in a circle. */
  readonly seen: ReadonlySet<string>;
}

/** What another step was given is a value, whether that step runs or not, and may be read from another that does not. */
function withGiven(step: Step, { left, document, seen }: Given): MappedStep {
  return mapBindings(step, (found) => {
    const { binding } = found;
    if (binding.source !== 'step-input' || !left.has(binding.step)) return null;
    const place = `${binding.step}.${binding.name}`;
    if (seen.has(place)) return { value: undefined };
    const given = document.jobs[binding.step]?.inputs[binding.name];
    return asInstead(given === undefined ? given : outside(given, { left, document, seen: new Set([...seen, place]) }), found);
  });
}

function outside(value: StepInput, given: Given): StepInput | undefined {
  const mapped = withGiven({ inputs: { value }, outputs: {} }, given);
  return mapped.ok ? mapped.step.inputs['value'] : undefined;
}

function withoutRoles(settings: Pipeline['settings'], aside: ReadonlyMap<string, unknown>): Pipeline['settings'] {
  const { on_init: first, on_finalize: last, ...rest } = settings;
  return {
    ...rest,
    ...(first === undefined || aside.has(first) ? {} : { on_init: first }),
    ...(last === undefined || aside.has(last) ? {} : { on_finalize: last }),
  };
}
