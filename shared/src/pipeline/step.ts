import { z } from 'zod';
import { Component, EnvironmentReference } from '../component/component.ts';
import { Json } from '../json.ts';
import { StepInput, StepOutput } from './input-value.ts';
import { stepControlShape } from './step-control.ts';

const mapOf = <V extends z.ZodType>(value: V) => z.preprocess((map) => map ?? {}, z.record(z.string(), value));

/**
 * One use of a component in a pipeline. `component` names it (`azureml:NAME:VERSION`, a file, or inline); a step without
 * one carries its own `command` and is a component of its own. Everything else is kept as written.
 */
export const Step = z.looseObject({
  type: z.string().optional(),
  component: z.union([z.string().min(1), Component]).optional(),
  display_name: z.string().optional(),
  description: z.string().optional(),
  inputs: mapOf(StepInput),
  outputs: mapOf(StepOutput),
  compute: z.string().optional(),
  command: z.string().optional(),
  code: z.string().nullish(),
  additional_includes: z.array(z.string()).nullish(),
  environment: EnvironmentReference.optional(),
  environment_variables: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String).pipe(z.string())).optional(),
  is_deterministic: z.boolean().optional(),
  tags: z.record(z.string(), Json).optional(),
  ...stepControlShape,
});
export type Step = z.infer<typeof Step>;
