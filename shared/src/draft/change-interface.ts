import type { ComponentLookup } from '../component/component-interface.ts';
import { formatBinding } from '../expressions/binding.ts';
import { classifyInput } from '../pipeline/classify-input.ts';
import { filledOutput, withoutBinding } from '../pipeline/filled-output.ts';
import { InputDeclaration, type StepOutput } from '../pipeline/input-value.ts';
import { mapBindings } from '../pipeline/map-bindings.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { interfaceOf } from '../pipeline/step-interface.ts';
import type { Step } from '../pipeline/step.ts';
import { typedOutput } from './sub-interface.ts';

/** A port of a step inside that is to be one of the pipeline. */
export interface ExposedPort {
  readonly side: 'inputs' | 'outputs';
  readonly step: string;
  readonly port: string;
  readonly as: string;
}

export interface InterfaceChange {
  /** New names by the old ones. */
  readonly names: { readonly inputs: ReadonlyMap<string, string>; readonly outputs: ReadonlyMap<string, string> };
  readonly exposed: readonly ExposedPort[];
}

/** The ports of steps inside that could be exposed: inputs that nothing inside feeds, outputs that fill none of the pipeline's. */
export function exposable(document: Pipeline, components: ComponentLookup): Omit<ExposedPort, 'as'>[] {
  return Object.entries(document.jobs).flatMap(([key, step]) => {
    const ports = interfaceOf(key, document, components);
    const isFree = (name: string): boolean => ['absent', 'literal', 'data'].includes(classifyInput(step.inputs[name]).kind);
    const inputs = Object.keys(ports?.inputs ?? {}).filter(isFree);
    const outputs = Object.keys(ports?.outputs ?? {}).filter((name) => filledOutput(step.outputs[name]) === null);
    return [...inputs.map((port) => ({ side: 'inputs' as const, step: key, port })), ...outputs.map((port) => ({ side: 'outputs' as const, step: key, port }))];
  });
}

/** The pipeline with ports under other names and with more of them; what stood in an exposed input is its default. */
export function changeInterface(document: Pipeline, components: ComponentLookup, { names, exposed }: InterfaceChange): Pipeline {
  const rename = <V>(side: 'inputs' | 'outputs', map: Readonly<Record<string, V>>): [string, V][] =>
    Object.entries(map).map(([name, value]) => [names[side].get(name) ?? name, value]);
  const scope = { document, components };
  const added = (side: 'inputs' | 'outputs') => exposed.filter((each) => each.side === side);
  const inputs = added('inputs').map(({ step, port, as }): [string, InputDeclaration] => {
    const definition = interfaceOf(step, document, components)?.inputs[port] ?? { type: 'uri_folder' };
    const content = classifyInput(document.jobs[step]?.inputs[port]);
    const fallback = content.kind === 'literal' ? content.value : content.kind === 'data' ? content.reference.path : definition.default;
    return [as, InputDeclaration.parse({ ...definition, ...(fallback === undefined || fallback === null ? {} : { default: fallback }) })];
  });
  return {
    ...document,
    inputs: Object.fromEntries([...rename('inputs', document.inputs), ...inputs]),
    outputs: Object.fromEntries([
      ...rename('outputs', document.outputs),
      ...added('outputs').map(({ step, port, as }) => [as, typedOutput(scope, step, port)] as const),
    ]),
    jobs: Object.fromEntries(Object.entries(document.jobs).map(([key, step]) => [key, innerStep(key, step, { names, exposed })])),
  };
}

function innerStep(key: string, step: Step, { names, exposed }: InterfaceChange): Step {
  const mapped = mapBindings(step, ({ binding }) => {
    const name = binding.source === 'pipeline-input' ? names.inputs.get(binding.name) : undefined;
    return name === undefined ? null : { binding: { source: 'pipeline-input', name } };
  });
  if (!mapped.ok) throw new Error('Internal error: expected a binding to take the place of a binding');
  const own = exposed.filter((each) => each.step === key);
  const given = own.filter(({ side }) => side === 'inputs').map(({ port, as }) => [port, formatBinding({ source: 'pipeline-input', name: as })] as const);
  const bound = (said: StepOutput | undefined, name: string): StepOutput => {
    const rest = withoutBinding(said);
    const binding = formatBinding({ source: 'pipeline-output', name });
    return rest === null ? binding : { ...rest, path: binding };
  };
  const renamed = Object.entries(step.outputs).map(([output, said]): [string, StepOutput] => {
    const fills = filledOutput(said);
    const name = fills === null ? undefined : names.outputs.get(fills);
    return [output, name === undefined ? said : bound(said, name)];
  });
  const filled = own.filter(({ side }) => side === 'outputs').map(({ port, as }) => [port, bound(step.outputs[port], as)] as const);
  return {
    ...mapped.step,
    inputs: { ...mapped.step.inputs, ...Object.fromEntries(given) },
    outputs: { ...Object.fromEntries(renamed), ...Object.fromEntries(filled) },
  };
}
