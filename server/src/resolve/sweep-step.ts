import type { ComponentInterface } from '@pipewright/shared/component/component-interface.ts';
import type { CommandComponent } from '@pipewright/shared/component/leaf-component.ts';
import type { InputDefinition } from '@pipewright/shared/component/ports.ts';
import { parseTemplate, placeholdersOf } from '@pipewright/shared/expressions/parse-template.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import { searchSpaceOf } from '@pipewright/shared/pipeline/step.ts';
import { typeOfScalar } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import { isScalarType, type ScalarType } from '@pipewright/shared/component/port-type.ts';
import { valueAt, valuesOf } from '@pipewright/shared/sweep/sample-space.ts';
import { readSweep, type Distribution } from '@pipewright/shared/sweep/sweep.ts';

/** The trial of a sweep with what is tried as inputs of it, which each trial fills with its own values. */
export function toTrialComponent(step: Step, ports: ComponentInterface, trial: CommandComponent): CommandComponent {
  const read = readSweep(step);
  const space = read.ok ? read.sweep.space : {};
  const searched = Object.keys(searchSpaceOf(step));
  const tried = searched.map((name): [string, InputDefinition] => [name, trial.inputs[name] ?? { type: typeOf(space[name]) }]);
  return {
    ...trial,
    command: withInputs(trial.command),
    inputs: { ...ports.inputs, ...Object.fromEntries(tried) },
    outputs: ports.outputs,
    'x-pipewright': ports['x-pipewright'],
  };
}

/** `${{search_space.rate}}` is the input `rate`. */
function withInputs(command: string): string {
  let text = command;
  for (const { path, start, end } of placeholdersOf(parseTemplate(command).parts).toSorted((a, b) => b.start - a.start)) {
    const [scope, ...name] = path;
    if (scope === 'search_space') text = `${text.slice(0, start)}\${{inputs.${name.join('.')}}}${text.slice(end)}`;
  }
  return text;
}

/** The narrowest type that takes every value. */
function typeOf(distribution: Distribution | undefined): ScalarType {
  if (!distribution) return 'string';
  const values = valuesOf(distribution) ?? [valueAt(distribution, 0.3), valueAt(distribution, 0.7)];
  const types = new Set(values.map(typeOfScalar));
  if (types.size === 1) return [...types].find(isScalarType) ?? 'string';
  return [...types].every((type) => type === 'integer' || type === 'number') ? 'number' : 'string';
}
