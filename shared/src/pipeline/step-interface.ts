import type { ComponentInterface, ComponentLookup, InputDefinition, OutputDefinition } from '../component/component.ts';
import { PortType } from '../component/port-type.ts';
import { placeholdersOf, parseTemplate } from '../expressions/parse-template.ts';
import { classifyInput } from './classify-input.ts';
import type { Pipeline } from './pipeline.ts';
import { pipelineInputValue, typeOfScalar } from './pipeline-input-value.ts';
import type { Step } from './step.ts';

/**
 * The ports and parameters of a step: those of the component it names or carries. A step with its own command has the
 * ones that it writes down, typed by what stands in them. Undefined when the component is not known.
 */
export function interfaceOf(key: string, document: Pipeline, components: ComponentLookup): ComponentInterface | undefined {
  const step = document.jobs[key];
  if (!step) return undefined;
  if (typeof step.component === 'string') return Object.hasOwn(components, step.component) ? components[step.component] : undefined;
  if (step.component) return step.component;
  if (step.command === undefined) return undefined;
  return ownInterface(step, document, components);
}

function ownInterface(step: Step, document: Pipeline, components: ComponentLookup): ComponentInterface {
  const inputs: Record<string, InputDefinition> = {};
  const outputs: Record<string, OutputDefinition> = {};
  for (const name of Object.keys(step.inputs)) inputs[name] = ownInput(step, name, { document, components });
  for (const [name, output] of Object.entries(step.outputs)) {
    const declared = PortType.safeParse(typeof output === 'object' ? output?.type : undefined);
    outputs[name] = { type: declared.success ? declared.data : 'uri_folder' };
  }
  return {
    inputs,
    outputs,
    display_name: step.display_name,
    is_deterministic: step.is_deterministic,
    'x-pipewright': { family: 'code', icon: 'terminal-2' },
  };
}

interface Scope {
  readonly document: Pipeline;
  readonly components: ComponentLookup;
}

function ownInput(step: Step, name: string, scope: Scope): InputDefinition {
  const optional = isOnlyOptional(step.command ?? '', name);
  const base = optional ? { optional } : {};
  const content = classifyInput(step.inputs[name]);
  if (content.kind === 'literal') return definition(typeOfScalar(content.value), base);
  if (content.kind === 'data') {
    const declared = PortType.safeParse(content.reference.type);
    return definition(declared.success ? declared.data : 'uri_folder', base);
  }
  if (content.kind === 'binding') return definition(typeOfSource(content.binding, scope) ?? 'uri_folder', base);
  return definition('string', base);
}

/** The type of what a binding points at; null when it cannot be told. */
function typeOfSource(binding: { readonly source: string; readonly name: string; readonly step?: string }, { document, components }: Scope): PortType | null {
  if (binding.source === 'pipeline-input') return pipelineInputValue(document.inputs[binding.name]).type;
  const source = binding.step === undefined ? undefined : document.jobs[binding.step];
  if (binding.source !== 'step-output' || !source || binding.step === undefined) return null;
  // Outputs of a step with its own command are written down in it, so this does not go round in circles.
  return interfaceOf(binding.step, { ...document, jobs: { [binding.step]: { ...source, inputs: {} } } }, components)?.outputs[binding.name]?.type ?? null;
}

function isOnlyOptional(command: string, name: string): boolean {
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
