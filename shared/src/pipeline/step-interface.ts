import type { ComponentInterface, ComponentLookup } from '../component/component-interface.ts';
import type { InputDefinition, OutputDefinition } from '../component/ports.ts';
import { controlKindOf, itemsOfLoop, loopsOver, stepsIn } from '../azure/control-steps.ts';
import { isScalarType, type PortType } from '../component/port-type.ts';
import { bindingsIn, parseBinding, type Binding } from '../expressions/binding.ts';
import { placeholdersOf, parseTemplate } from '../expressions/parse-template.ts';
import { classifyInput, type InputContent } from './classify-input.ts';
import { followBinding, stepOf } from './follow-binding.ts';
import { StepInput, type StepOutput } from './input-value.ts';
import type { Pipeline } from './pipeline.ts';
import { pipelineInputValue, typeOfScalar } from './pipeline-input-value.ts';
import { inputsOf } from './step-inputs.ts';
import { componentOf, searchSpaceOf, type Step } from './step.ts';

/**
 * The ports and parameters of a step: those of the component it names or carries. A step with its own command has the
 * ones that it writes down, typed by what stands in them; so has one whose component is registered elsewhere. Undefined
 * when nothing is known of it.
 */
export function interfaceOf(key: string, document: Pipeline, components: ComponentLookup): ComponentInterface | undefined {
  const step = stepOf(document, key);
  if (!step) return undefined;
  const component = componentOf(step);
  if (controlKindOf(step) !== null) return controlInterface(step, { document, components });
  if (component === undefined) return hasOwnWork(step) ? ownInterface(step, document, components) : undefined;
  const known = interfaceOfComponent(step, components);
  if (known && known.type !== 'flow') return step.trial === undefined ? known : sweepInterface(step, known, { document, components });
  const used = typeof component === 'string' ? usedInterface(key, document, components) : undefined;
  return used && known ? { ...used, type: known.type } : used;
}

/** A branch reads its condition; a loop puts out what its body does, all items together. */
function controlInterface(step: Step, scope: Scope): ComponentInterface {
  const isBranch = step.type === 'if_else';
  const inputs = Object.keys(inputsOf(step)).map((name): [string, InputDefinition] => [name, isBranch ? { type: 'boolean' } : ownInput(step, name, scope)]);
  const [body] = stepsIn(step, 'body');
  const work =
    body !== undefined && controlKindOf(stepOf(scope.document, body) ?? step) === null ? interfaceOf(body, scope.document, scope.components) : undefined;
  const ofAll = (type: PortType): PortType => (step.type !== 'parallel_for' ? type : isScalarType(type) ? 'string' : 'uri_folder');
  const outputs = Object.entries(work?.outputs ?? {}).map(([name, output]): [string, OutputDefinition] => [name, { type: ofAll(output.type) }]);
  return {
    inputs: Object.fromEntries(inputs),
    outputs: Object.fromEntries(outputs),
    type: step.type,
    display_name: step.display_name,
    'x-pipewright': { family: 'other', icon: isBranch ? 'arrows-split-2' : 'repeat' },
  };
}

/** A step without a component is work of its own: a command, or whatever its type says. */
const hasOwnWork = ({ type, command }: Step): boolean =>
  command !== undefined || (type !== undefined && type !== 'command' && type !== 'pipeline' && type !== 'sweep');

function interfaceOfComponent(step: Step, components: ComponentLookup): ComponentInterface | undefined {
  const component = componentOf(step);
  if (typeof component !== 'string') return component;
  return Object.hasOwn(components, component) ? components[component] : undefined;
}

/** What a sweep tries is no input of it; a trial that is written in the step reads the inputs of the step. */
function sweepInterface(step: Step, trial: ComponentInterface, { document, components }: Scope): ComponentInterface {
  const own = typeof step.trial === 'object' ? ownInterface(step, document, components) : null;
  const inputs = { ...own?.inputs, ...trial.inputs };
  const searched = searchSpaceOf(step);
  return {
    ...trial,
    inputs: Object.fromEntries(Object.entries(inputs).filter(([name]) => !Object.hasOwn(searched, name))),
    outputs: { ...own?.outputs, ...trial.outputs },
  };
}

function ownInterface(step: Step, document: Pipeline, components: ComponentLookup): ComponentInterface {
  const inputs: Record<string, InputDefinition> = {};
  const outputs: Record<string, OutputDefinition> = {};
  for (const name of Object.keys(inputsOf(step))) inputs[name] = ownInput(step, name, { document, components });
  const item = itemInputOf(step);
  if (item !== null) inputs[item] = definition(typeOfItems(step.for_each?.items, { document, components }), {});
  for (const [name, type] of typesInItems(step, document)) inputs[name] ??= definition(type, {});
  for (const [name, output] of Object.entries(step.outputs)) outputs[name] = { type: saidType(output) ?? 'uri_folder' };
  return {
    inputs,
    outputs,
    ...(step.type === undefined ? {} : { type: step.type }),
    display_name: step.display_name,
    is_deterministic: step.is_deterministic,
    'x-pipewright': { family: 'code', icon: 'terminal-2' },
  };
}

/** The ports of a component that is not here, as its use shows them: what it is given, and what is read of it. */
function usedInterface(key: string, document: Pipeline, components: ComponentLookup): ComponentInterface | undefined {
  const step = stepOf(document, key);
  if (!step) return undefined;
  const own = ownInterface(step, document, components);
  const inputs = Object.fromEntries(Object.entries(own.inputs).map(([name, input]) => [name, { ...input, optional: true }]));
  const read = (readOutputs.get(document) ?? findReadOutputs(document)).get(key) ?? [];
  const outputs = Object.fromEntries([...read].filter((name) => !Object.hasOwn(own.outputs, name)).map((name) => [name, { type: 'uri_folder' as const }]));
  return { ...own, inputs, outputs: { ...own.outputs, ...outputs }, 'x-pipewright': { family: 'other', icon: 'cloud' } };
}

/** Which outputs of which steps are read in a document; a document is never changed in place. */
const readOutputs = new WeakMap<Pipeline, ReadonlyMap<string, ReadonlySet<string>>>();

function findReadOutputs(document: Pipeline): ReadonlyMap<string, ReadonlySet<string>> {
  const read = new Map<string, Set<string>>();
  for (const step of Object.values(document.jobs)) {
    for (const value of Object.values(inputsOf(step))) {
      const text = value !== null && typeof value === 'object' ? value.path : value;
      if (typeof text !== 'string') continue;
      for (const { binding } of bindingsIn(text)) {
        if (binding?.source !== 'step-output') continue;
        const names = read.get(binding.step) ?? new Set();
        read.set(binding.step, names.add(binding.name));
      }
    }
  }
  readOutputs.set(document, read);
  return read;
}

interface Scope {
  readonly document: Pipeline;
  readonly components: ComponentLookup;
}

function ownInput(step: Step, name: string, scope: Scope): InputDefinition {
  const optional = isOnlyOptional(step.command ?? '', name);
  const base = optional ? { optional } : {};
  const content = classifyInput(inputsOf(step)[name]);
  if (content.kind === 'binding') return definition(typeOfSource(content.binding, scope) ?? 'uri_folder', base);
  return definition(typeOfContent(content) ?? 'string', base);
}

/** The type of what a binding points at; null when it cannot be told. */
function typeOfSource(binding: Binding, { document, components }: Scope): PortType | null {
  const source = followBinding(document, binding);
  switch (source.kind) {
    case 'pipeline-input':
      return Object.hasOwn(document.inputs, source.name) ? pipelineInputValue(document.inputs[source.name]).type : null;
    case 'step-output': {
      const step = stepOf(document, source.step);
      if (step && controlKindOf(step) !== null) return controlInterface(step, { document, components }).outputs[source.name]?.type ?? null;
      return step ? outputType(step, source.name, components) : null;
    }
    case 'content':
      return typeOfContent(source.content);
    default:
      return null;
  }
}

/** The input of a loop's step that takes the item; null: the step is no loop, or its items fill inputs by name. */
export function itemInputOf({ for_each: loop }: Step): string | null {
  return loop && loop.by_name !== true ? (loop.input ?? 'item') : null;
}

/** What items that fill inputs by name are in a step: those of its own loop, and of loops whose body it is. */
export function itemsByName(step: Step, { jobs }: Pick<Pipeline, 'jobs'>): unknown[] {
  const own = step.for_each?.by_name === true ? [step.for_each.items] : [];
  return [...own, ...loopsOver(step, jobs).map((loop) => (loop.type === 'parallel_for' ? loop['items'] : null))];
}

function typesInItems(step: Step, document: Pipeline): Map<string, PortType> {
  const types = new Map<string, PortType>();
  for (const item of itemsByName(step, document).flatMap((items) => itemsOfLoop(items) ?? [])) {
    if (item === null || typeof item !== 'object') continue;
    for (const [name, value] of Object.entries(item)) {
      const given = StepInput.safeParse(value).data ?? null;
      const type = given === null ? 'string' : typeof given === 'object' ? (given.type ?? 'uri_folder') : typeOfScalar(given);
      types.set(name, (types.get(name) ?? type) === type ? type : 'string');
    }
  }
  return types;
}

/** What the readers of a step see of its output: of a loop the folder of what its items put out, or the text of the list. */
export function seenOutputType(step: Step, type: PortType): PortType {
  if (!step.for_each) return type;
  return isScalarType(type) ? 'string' : 'uri_folder';
}

/** Values where a list is gone over, files where a folder is. */
function typeOfItems(items: unknown, scope: Scope): PortType {
  const binding = typeof items === 'string' ? parseBinding(items) : null;
  const type = binding ? typeOfSource(binding, scope) : null;
  return type === null || isScalarType(type) ? 'string' : 'uri_file';
}

export function outputType(step: Step, name: string, components: ComponentLookup): PortType | null {
  const type = ownOutputType(step, name, components);
  return type && seenOutputType(step, type);
}

/** What the step says of it counts first; a step with its own command has only that. */
function ownOutputType(step: Step, name: string, components: ComponentLookup): PortType | null {
  if (Object.hasOwn(step.outputs, name)) {
    const said = saidType(step.outputs[name]);
    if (said !== undefined || componentOf(step) === undefined) return said ?? 'uri_folder';
  }
  const outputs = interfaceOfComponent(step, components)?.outputs ?? {};
  return Object.hasOwn(outputs, name) ? (outputs[name]?.type ?? null) : null;
}

const saidType = (output: StepOutput | undefined): PortType | undefined => (typeof output === 'object' ? output?.type : undefined);

function typeOfContent(content: Exclude<InputContent, { kind: 'binding' }>): PortType | null {
  switch (content.kind) {
    case 'literal':
      return typeOfScalar(content.value);
    case 'data':
      return content.reference.type ?? 'uri_folder';
    case 'template':
      return 'string';
    case 'absent':
      return null;
  }
}

function isOnlyOptional(command: string, name: string): boolean {
  if (!command.includes('$[[')) return false;
  const { parts } = parseTemplate(command);
  const isNamed = (path: readonly string[]): boolean => path.join('.') === `inputs.${name}`;
  const outside = parts.some((part) => part.kind === 'placeholder' && isNamed(part.path));
  return !outside && placeholdersOf(parts).some(({ path }) => isNamed(path));
}

function definition(type: PortType, base: { readonly optional?: boolean }): InputDefinition {
  switch (type) {
    case 'string':
    case 'number':
    case 'integer':
    case 'boolean':
      return { ...base, type };
    default:
      return { ...base, type };
  }
}
