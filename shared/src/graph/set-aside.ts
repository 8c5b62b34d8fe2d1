import { isRequired } from '../component/ports.ts';
import type { ComponentLookup } from '../component/component-interface.ts';
import { type PortKind, whyNotConnect } from '../component/why-not-connect.ts';
import type { Binding } from '../expressions/binding.ts';
import { classifyInput } from '../pipeline/classify-input.ts';
import { boundOutput } from '../pipeline/filled-output.ts';
import type { StepInput } from '../pipeline/input-value.ts';
import { bindingsOfStep, mapBindings } from '../pipeline/map-bindings.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { isBypassed, isDisabled, pinOf } from '../pipeline/step-aside.ts';
import { dependenciesOf } from '../pipeline/step-control.ts';
import { interfaceOf } from '../pipeline/step-interface.ts';
import { inputsOf } from '../pipeline/step-inputs.ts';
import type { Step } from '../pipeline/step.ts';
import { topologicalOrder } from './topological-order.ts';
import { PipelineScope } from './validate/step-scope.ts';

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
  const steps = Object.entries(document.jobs);
  if (isOpen === null && !steps.some(([, step]) => isDisabled(step) || isBypassed(step))) return { document, aside: nothing };
  const aside = new Map<string, Aside>();
  let joined = document;
  for (const key of topologicalOrder(document)) {
    const step = joined.jobs[key];
    if (!step || !isBypassed(step) || whyNotBypass(key, document, components) !== null) continue;
    aside.set(key, { kind: 'bypassed' });
    joined = passThrough(joined, key, components);
  }
  const left = disabledIn(joined, components, isOpen);
  for (const [key, why] of left) aside.set(key, why);
  const jobs = Object.entries(joined.jobs).flatMap(([key, step]): [string, Step][] =>
    left.has(key) ? [] : [[key, withoutSources(step, left, { document: joined, isOpen })]],
  );
  return { document: { ...joined, jobs: Object.fromEntries(jobs), settings: withoutRoles(joined.settings, aside) }, aside };
}

/** Steps that are disabled, and those that must read them. A pinned step needs nothing. */
function disabledIn(document: Pipeline, components: ComponentLookup, isOpen: IsOpen | null): Map<string, Aside> {
  const aside = new Map<string, Aside>();
  for (const [key, step] of Object.entries(document.jobs)) if (isDisabled(step)) aside.set(key, { kind: 'disabled' });
  if (aside.size === 0 && isOpen === null) return aside;
  const known = topologicalOrder(document);
  for (const key of [...known, ...Object.keys(document.jobs).filter((other) => !known.includes(other))]) {
    const step = document.jobs[key];
    if (!step || aside.has(key) || pinOf(key, step) !== null) continue;
    const of = neededBy(key, { document, components }).flatMap(({ step: source, output }) => (aside.has(source) || isOpen?.(source, output) ? [source] : []));
    if (of.length > 0) aside.set(key, { kind: 'needs', of: [...new Set(of)] });
  }
  return aside;
}

interface Scope {
  readonly document: Pipeline;
  readonly components: ComponentLookup;
}

/** The steps without whose outputs it cannot run: an input that may be absent, or has a default, needs none. */
function neededBy(key: string, { document, components }: Scope): { readonly step: string; readonly output: string }[] {
  const step = document.jobs[key];
  if (!step) return [];
  const ports = interfaceOf(key, document, components);
  return bindingsOfStep(step).flatMap(({ binding, field, input }) => {
    if (binding.source !== 'step-output') return [];
    const definition = input === null ? undefined : ports?.inputs[input];
    return field !== 'inputs' || !definition || isRequired(definition) ? [{ step: binding.step, output: binding.name }] : [];
  });
}

interface Left {
  readonly document: Pipeline;
  readonly isOpen: IsOpen | null;
}

/** What is left of a step that may do without them: nothing read of them, and no order after them. */
function withoutSources(step: Step, left: ReadonlyMap<string, unknown>, { document, isOpen }: Left): Step {
  const isGone = (binding: Binding): boolean =>
    'step' in binding && (left.has(binding.step) || (binding.source === 'step-output' && isOpen?.(binding.step, binding.name) === true));
  const found = bindingsOfStep(step).filter(({ binding }) => isGone(binding));
  const open = new Set(found.flatMap(({ binding, input }) => (binding.source === 'step-output' && input !== null ? [input] : [])));
  const inputs = Object.fromEntries(Object.entries(step.inputs).filter(([name]) => !open.has(name)));
  const mapped = mapBindings(open.size === 0 ? step : { ...step, inputs }, ({ binding }) =>
    // What another step was given is a value, whether that step runs or not.
    binding.source === 'step-input' && left.has(binding.step) ? { value: document.jobs[binding.step]?.inputs[binding.name] } : null,
  );
  const next = found.length > 0 && mapped.ok ? mapped.step : step;
  const after = dependenciesOf(next).filter((before) => !left.has(before));
  return after.length === dependenciesOf(next).length ? next : withOrder(next, after);
}

function withOrder(step: Step, after: readonly string[]): Step {
  const { depends_on: _, ...rest } = step;
  return after.length === 0 ? rest : { ...rest, depends_on: [...after] };
}

function withoutRoles(settings: Pipeline['settings'], aside: ReadonlyMap<string, unknown>): Pipeline['settings'] {
  const { on_init: first, on_finalize: last, ...rest } = settings;
  return {
    ...rest,
    ...(first === undefined || aside.has(first) ? {} : { on_init: first }),
    ...(last === undefined || aside.has(last) ? {} : { on_finalize: last }),
  };
}

// ---- bypass -------------------------------------------------------------------------------------------------------

/** Why the input of a step cannot pass through to what reads it, as a sentence without its subject; null: it can. */
export function whyNotBypass(key: string, document: Pipeline, components: ComponentLookup): string | null {
  const step = document.jobs[key];
  const ports = step && interfaceOf(key, document, components);
  if (!step || !ports) return 'its component is not known here';
  if (step.for_each !== undefined || step.repeat !== undefined || step.trial !== undefined) return 'it runs many times, and what passes through does not';
  for (const output of readOutputs(key, document)) {
    if (passedBy(step, { document, components }, { key, output }) !== null) continue;
    const type = ports.outputs[output]?.type;
    return type === undefined ? `it has no output ${output}` : `what reads ${output} takes ${type}, and no input that it is given is one`;
  }
  return null;
}

/** The outputs of a step that others read, or that are the pipeline's. */
function readOutputs(key: string, { jobs }: Pipeline): string[] {
  const read = Object.values(jobs).flatMap((step) =>
    bindingsOfStep(step).flatMap(({ binding }) => (binding.source === 'step-output' && binding.step === key ? [binding.name] : [])),
  );
  return [...new Set(read)];
}

interface PassedOutput {
  readonly key: string;
  readonly output: string;
}

/** The input whose value stands in for an output: of the very type before one that passes for it, then in the order of the interface. */
function passedBy(step: Step, { document, components }: Scope, { key, output }: PassedOutput): string | null {
  const ports = interfaceOf(key, document, components);
  const definition = ports?.outputs[output];
  if (!ports || !definition) return null;
  const scope = new PipelineScope(document, components);
  const takes: PortKind = { type: definition.type, kind: definition['x-pipewright']?.kind };
  const fitting = Object.entries(ports.inputs).flatMap(([name, input]) => {
    const content = classifyInput(inputsOf(step)[name]);
    if (content.kind === 'absent') return [];
    const said: PortKind = { type: input.type, kind: input['x-pipewright']?.kind };
    const source = content.kind === 'binding' && content.binding.source === 'step-output' ? content.binding : null;
    const gives = (source && scope.outputKind(source.step, source.name)) ?? said;
    return whyNotConnect(gives, takes) === null ? [{ name, isSame: gives.type === takes.type }] : [];
  });
  return (fitting.find(({ isSame }) => isSame) ?? fitting[0])?.name ?? null;
}

/** The document without the step: what read it reads what it read, what came after it comes after what it came after. */
function passThrough(document: Pipeline, key: string, components: ComponentLookup): Pipeline {
  const step = document.jobs[key];
  if (!step) return document;
  const valueOf = (output: string): StepInput | undefined => {
    const input = passedBy(step, { document, components }, { key, output });
    return input === null ? undefined : inputsOf(step)[input];
  };
  const before = [...dependenciesOf(step), ...bindingsOfStep(step).flatMap(({ binding }) => ('step' in binding ? [binding.step] : []))];
  const jobs = Object.entries(document.jobs).flatMap(([other, job]): [string, Step][] => {
    if (other === key) return [];
    const mapped = mapBindings(job, ({ binding }) => {
      if (!('step' in binding) || binding.step !== key) return null;
      if (binding.source === 'step-output') return { value: valueOf(binding.name) };
      return binding.source === 'step-input' ? { value: step.inputs[binding.name] } : null;
    });
    const next = mapped.ok ? mapped.step : job;
    const after = dependenciesOf(next);
    return [[other, after.includes(key) ? withOrder(next, [...new Set([...after.filter((one) => one !== key), ...before])]) : next]];
  });
  return handOnOutputs({ ...document, jobs: Object.fromEntries(jobs) }, step, valueOf);
}

/** An output of the pipeline that the step filled is filled by the step whose output passes through, if that fills none itself. */
function handOnOutputs(document: Pipeline, step: Step, valueOf: (output: string) => StepInput | undefined): Pipeline {
  const jobs = { ...document.jobs };
  for (const [output, value] of Object.entries(step.outputs)) {
    const bound = boundOutput(value);
    const content = classifyInput(valueOf(output));
    if (bound === null || content.kind !== 'binding' || content.binding.source !== 'step-output') continue;
    const source = jobs[content.binding.step];
    if (source && (source.outputs[content.binding.name] ?? null) === null) {
      jobs[content.binding.step] = { ...source, outputs: { ...source.outputs, [content.binding.name]: bound } };
    }
  }
  return { ...document, jobs };
}
