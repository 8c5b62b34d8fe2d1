import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { ComponentInterface } from '@pipewright/shared/component/component-interface.ts';
import type { InputDefinition, ParameterDefinition } from '@pipewright/shared/component/ports.ts';
import { isScalarType } from '@pipewright/shared/component/port-type.ts';
import type { Binding } from '@pipewright/shared/expressions/binding.ts';
import type { Scalar } from '@pipewright/shared/json.ts';
import { classifyInput, type InputContent } from '@pipewright/shared/pipeline/classify-input.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';

/** How a parameter is best edited. */
type Widget = 'switch' | 'segments' | 'select' | 'number' | 'text' | 'lines' | 'python' | 'sql' | 'columns' | 'column';

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
}

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
      },
    ];
  });
}

function widgetOf({ type, enum: choices, 'x-pipewright': extension }: ParameterDefinition): Widget {
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
      return extension?.format === undefined ? 'text' : widgetOfFormat[extension.format];
    default:
      return assertNever(type);
  }
}

const widgetOfFormat = { columns: 'columns', column: 'column', sql: 'sql', python: 'python', multiline: 'lines' } as const satisfies Record<string, Widget>;

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
