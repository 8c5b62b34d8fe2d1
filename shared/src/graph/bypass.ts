import type { ComponentLookup } from '../component/component-interface.ts';
import { type PortKind, whyNotConnect } from '../component/why-not-connect.ts';
import { classifyInput } from '../pipeline/classify-input.ts';
import { boundOutput } from '../pipeline/filled-output.ts';
import type { StepInput } from '../pipeline/input-value.ts';
import { asInstead, bindingsOfStep, mapBindings } from '../pipeline/map-bindings.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { isBypassed } from '../pipeline/step-aside.ts';
import { dependenciesOf } from '../pipeline/step-control.ts';
import { interfaceOf } from '../pipeline/step-interface.ts';
import { inputsOf } from '../pipeline/step-inputs.ts';
import type { Step } from '../pipeline/step.ts';
import { topologicalOrder } from './topological-order.ts';
import { PipelineScope, stepTitle } from './validate/step-scope.ts';

interface Joined {
  /** With what was around the bypassed steps joined; the same object where there are none. */
  readonly document: Pipeline;
  readonly bypassed: ReadonlySet<string>;
}

/** Leaves out what is bypassed. What cannot be stays. */
export function withoutBypassed(document: Pipeline, components: ComponentLookup): Joined {
  const bypassed = new Set<string>();
  if (!Object.values(document.jobs).some(isBypassed)) return { document, bypassed };
  const readers: Readers = new Map([...readersOf(document)].map(([key, keys]) => [key, new Set(keys)]));
  const jobs = { ...document.jobs };
  for (const key of topologicalOrder(document)) {
    const step = jobs[key];
    if (!step || !isBypassed(step) || whyNotBypass(key, document, components) !== null) continue;
    if (passThrough(step, key, { document: { ...document, jobs }, jobs, components, readers })) bypassed.add(key);
  }
  return { document: { ...document, jobs }, bypassed };
}

/** Who names a step, by its key: reads something of it, or comes after it. */
type Readers = Map<string, Set<string>>;

const known = new WeakMap<Pipeline, Readers>();

/** A document is never changed in place: each bypassed step of it asks the same. */
function readersOf(document: Pipeline): ReadonlyMap<string, ReadonlySet<string>> {
  const found: Readers = known.get(document) ?? new Map();
  if (known.has(document)) return found;
  for (const [key, step] of Object.entries(document.jobs)) addReader(found, key, step);
  known.set(document, found);
  return found;
}

function addReader(readers: Readers, key: string, step: Step): void {
  for (const source of namedBy(step)) readers.set(source, (readers.get(source) ?? new Set()).add(key));
}

const namedBy = (step: Step): string[] => [
  ...dependenciesOf(step),
  ...bindingsOfStep(step).flatMap(({ binding }) => ('step' in binding ? [binding.step] : [])),
];

interface Scope {
  readonly document: Pipeline;
  readonly components: ComponentLookup;
}

/** Where what reads it says so in a way that takes no other text. */
export const readOtherwise = 'it is read in a way that nothing can stand in for';

/** Why the input of a step cannot pass through to what reads it, as a sentence without its subject; null: it can. */
export function whyNotBypass(key: string, document: Pipeline, components: ComponentLookup): string | null {
  const step = document.jobs[key];
  const ports = step && interfaceOf(key, document, components);
  if (!step || !ports) return 'its component is not known here';
  if (step.for_each !== undefined || step.repeat !== undefined || step.trial !== undefined) return 'it runs many times, and what passes through does not';
  const outputs = new Set<string>();
  for (const [other, reader] of readersIn(document, readersOf(document).get(key))) {
    for (const { binding } of bindingsOfStep(reader)) {
      if (!('step' in binding) || binding.step !== key) continue;
      if (binding.source === 'step-status') return `the condition of ${stepTitle(other, reader)} asks what became of it`;
      if (binding.source === 'step-output') outputs.add(binding.name);
    }
  }
  for (const output of outputs) {
    if (passedBy(step, { document, components }, { key, output }) !== null) continue;
    const type = ports.outputs[output]?.type;
    return type === undefined ? `it has no output ${output}` : `what reads ${output} takes ${type}, and no input that it is given is one`;
  }
  return rewired(step, key, { document, components, readers: readersOf(document) }) === null ? readOtherwise : null;
}

/** Some of them may be bypassed themselves, and gone. */
const readersIn = ({ jobs }: Pipeline, keys: ReadonlySet<string> | undefined): [string, Step][] =>
  [...(keys ?? [])].flatMap((key): [string, Step][] => (jobs[key] ? [[key, jobs[key]]] : []));

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

/** What stands in for outputs of a step, each found once. */
function passing(step: Step, key: string, scope: Scope): (output: string) => StepInput | undefined {
  const values = new Map<string, StepInput | undefined>();
  return (output) => {
    if (!values.has(output)) values.set(output, passedValue(step, scope, { key, output }));
    return values.get(output);
  };
}

function passedValue(step: Step, scope: Scope, passed: PassedOutput): StepInput | undefined {
  const input = passedBy(step, scope, passed);
  return input === null ? undefined : inputsOf(step)[input];
}

/** The steps that name this one as they are without it: what read it reads what it read, what came after it comes after what it came after. */
function rewired(
  step: Step,
  key: string,
  { readers, ...scope }: Scope & { readonly readers: ReadonlyMap<string, ReadonlySet<string>> },
): ReadonlyMap<string, Step> | null {
  const changed = new Map<string, Step>();
  const valueOf = passing(step, key, scope);
  for (const [other, reader] of readersIn(scope.document, readers.get(key))) {
    if (other === key) continue;
    const mapped = mapBindings(reader, (found) => {
      const { binding } = found;
      if (!('step' in binding) || binding.step !== key || binding.source === 'step-status') return null;
      return asInstead(binding.source === 'step-output' ? valueOf(binding.name) : step.inputs[binding.name], found);
    });
    if (!mapped.ok) return null;
    const after = dependenciesOf(mapped.step);
    const next = after.includes(key) ? [...new Set([...after.filter((one) => one !== key), ...namedBy(step)])] : null;
    changed.set(other, next === null ? mapped.step : withOrder(mapped.step, next));
  }
  return changed;
}

export function withOrder(step: Step, after: readonly string[]): Step {
  const { depends_on: _, ...rest } = step;
  return after.length === 0 ? rest : { ...rest, depends_on: [...after] };
}

interface Passing extends Scope {
  readonly readers: Readers;
  /** Those of the document, and of nobody else's. */
  readonly jobs: Record<string, Step>;
}

/** Takes the step out of the jobs; false: what reads it can read nothing else, and it stays. */
function passThrough(step: Step, key: string, { jobs, ...scope }: Passing): boolean {
  const changed = rewired(step, key, scope);
  if (changed === null) return false;
  const handed = Object.entries(step.outputs).flatMap(([output, value]): [string, StepInput | undefined][] => {
    const bound = boundOutput(value);
    return bound === null ? [] : [[bound, passedValue(step, scope, { key, output })]];
  });
  for (const [other, reader] of changed) {
    jobs[other] = reader;
    addReader(scope.readers, other, reader);
  }
  Reflect.deleteProperty(jobs, key);
  for (const [bound, value] of handed) handOn(jobs, bound, value);
  return true;
}

/** An output of the pipeline that the step filled is filled by the step whose output passes through, if that fills none itself. */
function handOn(jobs: Record<string, Step>, bound: string, value: StepInput | undefined): void {
  const content = classifyInput(value);
  if (content.kind !== 'binding' || content.binding.source !== 'step-output') return;
  const { step: key, name } = content.binding;
  const source = jobs[key];
  if (source && (source.outputs[name] ?? null) === null) jobs[key] = { ...source, outputs: { ...source.outputs, [name]: bound } };
}
