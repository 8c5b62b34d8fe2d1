import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { ComponentInterface } from '@pipewright/shared/component/component-interface.ts';
import type { InputDefinition, ParameterDefinition, ParameterWidget } from '@pipewright/shared/component/ports.ts';
import { isScalarType } from '@pipewright/shared/component/port-type.ts';
import type { Binding } from '@pipewright/shared/expressions/binding.ts';
import type { Scalar } from '@pipewright/shared/json.ts';
import { classifyInput, type InputContent } from '@pipewright/shared/pipeline/classify-input.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import type { StepInput } from '@pipewright/shared/pipeline/input-value.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';

/** How a parameter is best edited. */
export type Widget = Exclude<ParameterWidget, 'multiline'> | 'lines';

/** A parameter of a step, with what stands in it. */
export interface ParameterField {
  readonly name: string;
  readonly label: string;
  readonly definition: ParameterDefinition;
  readonly widget: Widget;
  readonly content: InputContent;
  /** Without a value the step cannot run. */
  readonly isRequired: boolean;
  readonly fallback: Scalar | null;
  /** Rows that stand together in a long form; null: by itself. */
  readonly group: string | null;
}

const optionalGroup = 'Optional';
const mostSegments = 4;
/** More letters than this do not fit side by side in the inspector. */
const segmentLetters = 26;

export function parameterFields(step: Step, ports: ComponentInterface): ParameterField[] {
  return Object.entries(ports.inputs).flatMap(([name, definition]): ParameterField[] => {
    if (!isParameter(definition)) return [];
    const fallback = definition.default ?? null;
    return [
      {
        name,
        label: definition['x-pipewright']?.label ?? name,
        definition,
        widget: widgetOf(definition),
        content: classifyInput(step.inputs[name]),
        isRequired: fallback === null && definition.optional !== true,
        fallback,
        group: definition['x-pipewright']?.group ?? (definition.optional === true ? optionalGroup : null),
      },
    ];
  });
}

/** The same, with the same object again for a parameter that stands as before: a row that nobody types in is not drawn. */
export function rememberFields(): typeof parameterFields {
  const known = new Map<string, { readonly field: ParameterField; readonly input: StepInput | undefined }>();
  return (step, ports) =>
    parameterFields(step, ports).map((field) => {
      const [before, input] = [known.get(field.name), step.inputs[field.name]];
      if (before?.field.definition === field.definition && before.input === input) return before.field;
      known.set(field.name, { field, input });
      return field;
    });
}

function widgetOf(definition: ParameterDefinition): Widget {
  const { type, enum: choices, 'x-pipewright': extension } = definition;
  const hint = extension?.widget ?? extension?.format;
  if (hint !== undefined && suits(hint, definition)) return hint === 'multiline' ? 'lines' : hint;
  if (choices !== undefined) {
    const letters = choices.map(String).join('').length;
    return choices.length <= mostSegments && letters <= segmentLetters ? 'segments' : 'select';
  }
  switch (type) {
    case 'boolean':
      return 'switch';
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
      return 'text';
    default:
      return assertNever(type);
  }
}

/** Whether a control can write what the parameter takes: a component may ask for what makes no sense. */
function suits(hint: ParameterWidget, { type, enum: choices }: ParameterDefinition): boolean {
  switch (hint) {
    case 'text':
      return true;
    case 'select':
    case 'segments':
      return choices !== undefined;
    case 'switch':
      return type === 'boolean';
    case 'number':
      return type === 'integer' || type === 'number';
    default:
      return type === 'string' && choices === undefined;
  }
}

/** A form with more rows than this is searched, and what need not be set is folded away. */
const longForm = 8;

export interface FieldGroup {
  /** Null: the rows that always show. */
  readonly title: string | null;
  readonly fields: readonly ParameterField[];
}

/** The rows as the form shows them: in a long one, those of a group together and after the others. */
export function groupFields(fields: readonly ParameterField[]): FieldGroup[] {
  if (fields.length <= longForm) return [{ title: null, fields }];
  const groups = Map.groupBy(fields, ({ group }) => group);
  return [...groups].map(([title, inGroup]) => ({ title, fields: inGroup })).toSorted((a, b) => Number(a.title !== null) - Number(b.title !== null));
}

export const isLong = (fields: readonly ParameterField[]): boolean => fields.length > longForm;

/** By what a row is called, its name in the file, and its description. */
export function searchFields(fields: readonly ParameterField[], text: string): ParameterField[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return fields.filter(({ name, label, definition }) => {
    const said = `${name} ${label} ${definition.description ?? ''}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

/** What a person typed, in the type of the parameter; a text that is no number stays a text, and is shown as a problem. */
export function readTyped(text: string, { type }: ParameterDefinition): Scalar | undefined {
  if (type === 'string') return text;
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const number = Number(trimmed.replace('−', '-'));
  return Number.isFinite(number) ? number : text;
}

/** `0 to 1`, `at least 1`, `whole number`; empty when anything goes. */
export function describeRange({ type, min, max }: ParameterDefinition): string {
  if (min !== undefined && max !== undefined) return `${min} to ${max}`;
  if (min !== undefined) return `at least ${min}`;
  if (max !== undefined) return `at most ${max}`;
  return type === 'integer' ? 'whole number' : '';
}

/** What a bound parameter comes down to now: the value of the pipeline's input; empty where only the run will know. */
export function boundValue(binding: Binding, document: Pipeline): string {
  if (binding.source !== 'pipeline-input') return '';
  const { value } = pipelineInputValue(document.inputs[binding.name]);
  if (!value) return '';
  return value.kind === 'literal' ? String(value.value) : value.reference.path;
}

/** A binding as people read it: `inputs.seed`, `split_data.outputs.rows`. */
export function shortBinding(binding: Binding): string {
  switch (binding.source) {
    case 'pipeline-input':
      return `inputs.${binding.name}`;
    case 'pipeline-output':
      return `outputs.${binding.name}`;
    case 'step-output':
      return `${binding.step}.outputs.${binding.name}`;
    case 'step-input':
      return `${binding.step}.inputs.${binding.name}`;
    case 'step-status':
      return `${binding.step}.status`;
    default:
      return assertNever(binding);
  }
}

const isParameter = (definition: InputDefinition): definition is ParameterDefinition => isScalarType(definition.type);

/** It needs the whole width: its label stands above. */
export const isTallWidget = (widget: Widget): boolean => ['python', 'sql', 'yaml', 'json', 'lines', 'map'].includes(widget);

/** What a parameter is for, what it may be, and what it is when nothing is given. */
export function describeField({ definition, fallback }: Pick<ParameterField, 'definition' | 'fallback'>): string {
  const range = describeRange(definition);
  const unit = definition['x-pipewright']?.unit;
  const parts = [
    definition.description?.trim(),
    range === '' ? undefined : `Range: ${range}${unit === undefined ? '' : ` ${unit}`}.`,
    fallback === null || fallback === '' ? undefined : `Default: ${fallback}.`,
  ];
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}
