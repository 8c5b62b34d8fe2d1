import type { ComponentInterface, ComponentLookup } from '../component/component-interface.ts';
import { isRequired, type InputDefinition } from '../component/ports.ts';
import { isScalarType } from '../component/port-type.ts';
import { whyNotConnect, type PortKind } from '../component/why-not-connect.ts';
import { checkLiteral } from '../graph/validate/check-literal.ts';
import { classifyInput } from '../pipeline/classify-input.ts';
import type { StepInput } from '../pipeline/input-value.ts';
import { bindingsOfStep, mapBindings } from '../pipeline/map-bindings.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { interfaceOf } from '../pipeline/step-interface.ts';
import type { Step } from '../pipeline/step.ts';
import type { DraftOp } from './draft-op.ts';
import { stepChanges } from './step-changes.ts';
import { kindOfSource } from './sub-interface.ts';

/** The component that a step is to use: the text that names it, and what it is like. */
export interface NextComponent {
  readonly reference: string;
  readonly ports: ComponentInterface;
}

/** What becomes of a port in use when the step uses another component. */
export interface PortMove {
  readonly side: 'inputs' | 'outputs';
  readonly name: string;
  /** Where what stands there goes; its own name: it stays; null: it is taken away. */
  readonly to: string | null;
}

/** `kept`, `mapped`: it fits; `unsuited`: the types do not agree; `lost`: there is no such port, it is drawn broken; `removed`. */
export type PortFate = 'kept' | 'mapped' | 'unsuited' | 'lost' | 'removed';

interface Scope {
  readonly document: Pipeline;
  readonly components: ComponentLookup;
}

/** A step that is to use another component, or another version of its own. */
export interface Replacement extends Scope {
  readonly key: string;
  readonly next: NextComponent;
}

/**
 * Where everything goes that stands in the ports of a step, if it uses another component: to the port of the same name,
 * else to the only one left that it fits. What finds none stays where it is, to be seen.
 */
export function planReplacement(replacement: Replacement): PortMove[] {
  const { document, key, next } = replacement;
  const { ports } = next;
  const used = usedPorts(document, key);
  const moves = new Map(used.map((port) => [port, Object.hasOwn(ports[port.side], port.name) ? port.name : null]));
  const taken = new Set([...moves].flatMap(([{ side }, to]) => (to === null ? [] : [`${side} ${to}`])));
  const homeless = used.filter((port) => moves.get(port) === null);
  const fitting = new Map(
    homeless.map((port) => [
      port,
      Object.keys(ports[port.side]).filter((name) => !taken.has(`${port.side} ${name}`) && fits(replacement, { port, to: name, isByType: true })),
    ]),
  );
  for (const [port, names] of fitting) {
    const [only, ...others] = names;
    const isWanted = [...fitting].some(([other, theirs]) => other !== port && other.side === port.side && only !== undefined && theirs.includes(only));
    moves.set(port, only !== undefined && others.length === 0 && !isWanted ? only : port.name);
  }
  return [...moves].map(([{ side, name }, to]) => ({ side, name, to }));
}

export function fateOf(replacement: Replacement, { side, name, to }: PortMove): PortFate {
  if (to === null) return 'removed';
  if (!Object.hasOwn(replacement.next.ports[side], to)) return 'lost';
  if (!fits(replacement, { port: { side, name }, to, isByType: false })) return 'unsuited';
  return to === name ? 'kept' : 'mapped';
}

/** Inputs of the next component that need a value and are given none. */
export function leftUnfilled({ ports }: NextComponent, moves: readonly PortMove[]): string[] {
  const filled = new Set(moves.flatMap(({ side, to }) => (side === 'inputs' && to !== null ? [to] : [])));
  return Object.entries(ports.inputs).flatMap(([name, definition]) => (isRequired(definition) && !filled.has(name) ? [name] : []));
}

/** Has the step use the next component, with everything where the moves say. */
export function replaceOps({ document, components, key, next }: Replacement, moves: readonly PortMove[]): DraftOp[] {
  const step = document.jobs[key];
  if (!step) return [];
  const goes = new Map(moves.map(({ side, name, to }) => [`${side} ${name}`, to]));
  const moved = <V>(side: PortMove['side'], map: Readonly<Record<string, V>>): Record<string, V> =>
    Object.fromEntries(
      Object.entries(map).flatMap(([name, value]): [string, V][] => {
        const to = goes.get(`${side} ${name}`);
        return to === null ? [] : [[to ?? name, value]];
      }),
    );
  const changed: Step = {
    ...usingComponent(step, next, titleOf(components, step)),
    inputs: moved('inputs', step.inputs),
    outputs: moved('outputs', step.outputs),
  };
  const item = step.for_each?.input === undefined ? null : goes.get(`inputs ${step.for_each.input}`);
  const own = item && step.for_each ? { ...changed, for_each: { ...step.for_each, input: item } } : changed;
  return Object.entries(document.jobs).flatMap(([other, value]) => {
    const base = other === key ? own : value;
    const mapped = mapBindings(base, ({ binding, field, isWhole }) => {
      if (!('step' in binding) || binding.step !== key || binding.source === 'step-status') return null;
      const to = goes.get(`${binding.source === 'step-output' ? 'outputs' : 'inputs'} ${binding.name}`);
      if (to === undefined || to === binding.name) return null;
      if (to !== null) return { binding: { ...binding, name: to } };
      // Taking it out of the middle of a text, or of a condition, would leave half of that: it stays, and is shown broken.
      return isWhole && field !== 'when' ? { value: undefined } : null;
    });
    if (!mapped.ok) throw new Error('Internal error: expected nothing to be written into a text');
    return stepChanges(other, value, mapped.step);
  });
}

const ownWork = ['command', 'code', 'additional_includes', 'environment', 'environment_variables', 'task', 'is_deterministic', 'type'] as const;

function usingComponent(step: Step, { reference, ports }: NextComponent, oldTitle: string | undefined): Step {
  const title = ports.display_name;
  // The name that a step has from its component goes with it; one that a person gave stays.
  const numbered = step.display_name?.replace(/ \d+$/, '');
  const isOwnTitle = numbered !== undefined && step.display_name !== oldTitle && numbered !== oldTitle;
  const named = isOwnTitle || title === undefined ? {} : { display_name: title };
  if (step.trial !== undefined) return { ...step, ...named, trial: reference };
  const next: Step = { ...step, ...named, component: reference };
  if (step.component === undefined) for (const field of ownWork) Reflect.deleteProperty(next, field);
  if (next.type !== undefined) next.type = ports.type;
  return next;
}

function titleOf(components: ComponentLookup, { component, trial }: Step): string | undefined {
  const named = component ?? trial;
  if (typeof named === 'object') return named.display_name;
  return named !== undefined && Object.hasOwn(components, named) ? components[named]?.display_name : undefined;
}

type UsedPort = Pick<PortMove, 'side' | 'name'>;

/** The ports in which something stands, or of which something is read. */
function usedPorts(document: Pipeline, key: string): UsedPort[] {
  const step = document.jobs[key];
  const inputs = Object.entries(step?.inputs ?? {}).flatMap(([name, value]): UsedPort[] => (value === null ? [] : [{ side: 'inputs', name }]));
  const names = new Set(Object.entries(step?.outputs ?? {}).flatMap(([name, said]) => (said === null ? [] : [name])));
  for (const { binding } of Object.values(document.jobs).flatMap(bindingsOfStep))
    if (binding.source === 'step-output' && binding.step === key) names.add(binding.name);
  return [...inputs, ...[...names].map((name): UsedPort => ({ side: 'outputs', name }))];
}

interface Fitting {
  readonly port: UsedPort;
  readonly to: string;
  /** Nothing but the type speaks for it: a value then needs the very same. */
  readonly isByType: boolean;
}

function fits(replacement: Replacement, { port, to, isByType }: Fitting): boolean {
  const { document, components, key, next } = replacement;
  if (port.side === 'outputs') return fitsReaders(replacement, { output: port.name, gives: next.ports.outputs[to] });
  const definition = next.ports.inputs[to];
  const value = document.jobs[key]?.inputs[port.name];
  if (!definition || value === undefined) return false;
  const isSame = interfaceOf(key, document, components)?.inputs[port.name]?.type === definition.type;
  return takes(replacement, definition, value) && (!isByType || isSame || classifyInput(value).kind === 'binding');
}

function takes(scope: Scope, definition: InputDefinition, value: StepInput): boolean {
  const content = classifyInput(value);
  const port: PortKind = { ...definition['x-pipewright'], type: definition.type };
  switch (content.kind) {
    case 'absent':
      return true;
    case 'binding': {
      const { type, kind } = kindOfSource(content.binding, scope);
      return type === null || whyNotConnect({ type, kind }, port) === null;
    }
    case 'data':
      return !isScalarType(definition.type) && (content.reference.type === undefined || whyNotConnect({ type: content.reference.type }, port) === null);
    case 'template':
      return definition.type === 'string';
    case 'literal':
      return isParameter(definition) ? checkLiteral(content.value, definition) === null : typeof content.value === 'string';
  }
}

const isParameter = (definition: InputDefinition): definition is Extract<InputDefinition, { enum?: unknown }> => isScalarType(definition.type);

function fitsReaders(
  { document, components, key }: Replacement,
  { output, gives }: { readonly output: string; readonly gives: ComponentInterface['outputs'][string] | undefined },
): boolean {
  if (!gives) return false;
  const from: PortKind = { ...gives['x-pipewright'], type: gives.type };
  return Object.entries(document.jobs).every(([reader, step]) =>
    bindingsOfStep(step).every(({ binding, input }) => {
      if (binding.source !== 'step-output' || binding.step !== key || binding.name !== output || input === null) return true;
      const definition = interfaceOf(reader, document, components)?.inputs[input];
      return !definition || whyNotConnect(from, { ...definition['x-pipewright'], type: definition.type }) === null;
    }),
  );
}
