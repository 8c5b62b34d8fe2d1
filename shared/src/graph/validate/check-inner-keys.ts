import { keysOf, type JsonSchema } from '../../file-schemas/json-schema.ts';
import { distribution, parallelKeys, sweepKeys } from '../../file-schemas/kind-schemas.ts';
import { pipelineInput, pipelineOutput, stepInput, stepOutput } from '../../file-schemas/port-schemas.ts';
import { limits, placeKeys } from '../../file-schemas/work-schemas.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { Step } from '../../pipeline/step.ts';
import { nearlyKnown } from './nearly-known.ts';

/** A key that is most likely a slip of the pen, by its path, and the one that was meant. */
export interface Slip {
  readonly path: readonly string[];
  readonly meant: string;
}

/** The maps in a step whose keys are known. */
const { retry_settings, task } = parallelKeys;
const { objective, sampling_algorithm, early_termination } = sweepKeys;
const mapsOfStep = known({ limits, resources: placeKeys.resources, objective, sampling_algorithm, early_termination, retry_settings, task });
const ofParameter = keysOf(distribution);
const ofPort = {
  step: { inputs: keysOf(stepInput), outputs: keysOf(stepOutput) },
  pipeline: { inputs: keysOf(pipelineInput), outputs: keysOf(pipelineOutput) },
};

/** Slips inside the maps of a step; a key of the step itself is its own matter. */
export function slipsInStep(step: Step): Slip[] {
  return [
    ...Object.entries(mapsOfStep).flatMap(([field, keys]) => slipsIn(step[field], keys, [field])),
    ...slipsInEach(step.trial === undefined ? undefined : step.search_space, ofParameter, 'search_space'),
    ...slipsInEach(step.inputs, ofPort.step.inputs, 'inputs'),
    ...slipsInEach(step.outputs, ofPort.step.outputs, 'outputs'),
  ];
}

/** Slips in what a pipeline says of its inputs and outputs. */
export function slipsInPorts({ inputs, outputs }: Pipeline): Slip[] {
  return [...slipsInEach(inputs, ofPort.pipeline.inputs, 'inputs'), ...slipsInEach(outputs, ofPort.pipeline.outputs, 'outputs')];
}

function slipsInEach(maps: unknown, keys: readonly string[], field: string): Slip[] {
  return isMap(maps) ? Object.entries(maps).flatMap(([name, map]) => slipsIn(map, keys, [field, name])) : [];
}

function slipsIn(map: unknown, keys: readonly string[], path: readonly string[]): Slip[] {
  return isMap(map) ? nearlyKnown(map, keys).map(([name, meant]) => ({ path: [...path, name], meant })) : [];
}

function known<Name extends string>(maps: Readonly<Record<Name, JsonSchema>>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries<JsonSchema>(maps).map(([field, schema]) => [field, keysOf(schema)]));
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => value !== null && typeof value === 'object' && !Array.isArray(value);
