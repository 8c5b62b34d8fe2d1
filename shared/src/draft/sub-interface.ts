import type { ComponentLookup } from '../component/component-interface.ts';
import { isScalarType, type PortType } from '../component/port-type.ts';
import type { InputDefinition, PortExtension } from '../component/ports.ts';
import { whyNotConnect } from '../component/why-not-connect.ts';
import type { Binding } from '../expressions/binding.ts';
import { InputDeclaration, type PipelineOutput, type StepInput } from '../pipeline/input-value.ts';
import { stepOf } from '../pipeline/follow-binding.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { pipelineInputValue } from '../pipeline/pipeline-input-value.ts';
import { interfaceOf, outputType } from '../pipeline/step-interface.ts';
import { freeName } from './free-name.ts';

/** Something outside that steps of a sub-pipeline read, and where they do. */
export interface InputReader {
  readonly text: string;
  /** Null: data that lies beside the draft. */
  readonly binding: Binding | null;
  readonly value: StepInput;
  /** `input`: the port that takes it as it is; null: inside a text, or elsewhere in the step. */
  readonly places: readonly { readonly step: string; readonly input: string | null }[];
}

interface Scope {
  readonly document: Pipeline;
  readonly components: ComponentLookup;
}

/** Inputs of the pipeline keep their names; the others are called by the port that reads them, else by what they are read of. */
export function nameInputs(readers: readonly InputReader[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const isOfPipeline = ({ binding }: InputReader): boolean => binding?.source === 'pipeline-input';
  for (const reader of [...readers.filter(isOfPipeline), ...readers.filter((each) => !isOfPipeline(each))]) {
    const wished = wishedName(reader).replaceAll('.', '_');
    const origin = reader.binding !== null && 'step' in reader.binding ? reader.binding.step : (reader.places[0]?.step ?? '');
    const name = freeName(taken.has(wished) && origin !== '' ? `${origin}_${wished}` : wished, taken);
    taken.add(name);
    names.set(reader.text, name);
  }
  return names;
}

function wishedName({ binding, places }: InputReader): string {
  if (binding?.source === 'pipeline-input') return binding.name;
  const [first] = places;
  const isOne = first?.input !== null && places.every(({ input }) => input === first?.input);
  if (isOne && first?.input !== undefined) return first.input;
  return binding !== null && 'name' in binding ? binding.name : (first?.input ?? 'input');
}

/** How the sub-pipeline declares an input: as its source gives it and its readers take it. */
export function typedInput(reader: InputReader, scope: Scope): InputDeclaration {
  const source = sourceOf(reader, scope);
  const ports = reader.places.flatMap(({ step, input }) => (input === null ? [] : (interfaceOf(step, scope.document, scope.components)?.inputs[input] ?? [])));
  const type = typeFor(source.type, ports, reader);
  const [only, ...others] = ports;
  const told = only && others.length === 0 ? only : undefined;
  const extension = extensionOf({ ...told?.['x-pipewright'], kind: source.kind ?? told?.['x-pipewright']?.kind });
  return InputDeclaration.parse({
    type,
    ...(told?.description === undefined ? {} : { description: told.description }),
    ...(told && isScalarType(type) ? limitsOf(told) : {}),
    ...(source.isOptional && ports.length > 0 && ports.every(({ optional }) => optional === true) ? { optional: true } : {}),
    ...extension,
  });
}

/** A value is declared as its readers take it, so that the next one may be another; data as it is. */
function typeFor(source: PortType | null, ports: readonly InputDefinition[], { places }: InputReader): PortType {
  const [first] = ports;
  const taken = first && ports.every(({ type }) => type === first.type) ? first.type : null;
  const isTaken = taken !== null && isScalarType(taken) && (source === null || whyNotConnect({ type: source }, { type: taken }) === null);
  if (isTaken) return taken;
  return source ?? taken ?? (places.some(({ input }) => input === null) ? 'string' : 'uri_folder');
}

interface SourceKind {
  readonly type: PortType | null;
  readonly kind?: string | undefined;
  readonly isOptional: boolean;
}

function sourceOf({ binding, value }: InputReader, scope: Scope): SourceKind {
  if (binding !== null) return kindOfSource(binding, scope);
  return { type: typeof value === 'object' && value !== null ? (value.type ?? null) : null, isOptional: false };
}

/** What a binding gives, as far as the document says. */
export function kindOfSource(binding: Binding, { document, components }: Scope): SourceKind {
  switch (binding.source) {
    case 'pipeline-input': {
      const { type, isOptional } = pipelineInputValue(document.inputs[binding.name]);
      return { type, isOptional };
    }
    case 'step-output': {
      const step = stepOf(document, binding.step);
      const port = interfaceOf(binding.step, document, components)?.outputs[binding.name];
      const type = step ? (outputType(step, binding.name, components) ?? port?.type ?? null) : null;
      return { type, kind: port?.['x-pipewright']?.kind, isOptional: false };
    }
    case 'step-input':
      return { type: interfaceOf(binding.step, document, components)?.inputs[binding.name]?.type ?? null, isOptional: false };
    case 'pipeline-output':
    case 'step-status':
      return { type: null, isOptional: false };
  }
}

/** What keeps a value within its limits goes along. */
function limitsOf(definition: InputDefinition): Pick<InputDeclaration, 'min' | 'max' | 'enum'> {
  const { min, max, enum: choices } = InputDeclaration.partial().parse(definition);
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }), ...(choices === undefined ? {} : { enum: choices }) };
}

function extensionOf({ kind, label, format, unit }: PortExtension): { 'x-pipewright'?: PortExtension } {
  const said = Object.fromEntries(Object.entries({ kind, label, format, unit }).filter(([, value]) => value !== undefined));
  return Object.keys(said).length > 0 ? { 'x-pipewright': said } : {};
}

/** How the sub-pipeline declares an output of a step in it. */
export function typedOutput({ document, components }: Scope, key: string, output: string): PipelineOutput {
  const step = stepOf(document, key);
  const port = interfaceOf(key, document, components)?.outputs[output];
  const type = (step ? outputType(step, output, components) : null) ?? port?.type ?? 'uri_folder';
  return { type, ...extensionOf({ kind: port?.['x-pipewright']?.kind }) };
}
