import { z } from 'zod';
import { EnvironmentReference } from '../component/environment.ts';
import { LeafComponent } from '../component/leaf-component.ts';
import { Json } from '../json.ts';
import { StepInput, StepOutput } from './input-value.ts';
import { stepControlShape } from './step-control.ts';

const mapOf = <V extends z.ZodType>(value: V) => z.preprocess((map) => map ?? {}, z.record(z.string(), value));

/**
 * One use of a component in a pipeline. `component` names it (`azureml:NAME:VERSION`, a file) or holds it; a step without
 * one carries its own `command` (or what its `type` wants) and is a component of its own. A sweep has its component as
 * `trial`. Everything else is kept as written.
 */
export const Step = z.looseObject({
  type: z.string().optional(),
  component: z.union([z.string().min(1), LeafComponent]).optional(),
  trial: z.union([z.string().min(1), LeafComponent]).optional(),
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
  /** Of a sweep: what it tries. Other kinds use the word for things of their own. */
  search_space: Json.optional(),
  /** Of a parallel step: what each mini-batch is worked on by. Other kinds use the word for things of their own. */
  task: Json.optional(),
  ...stepControlShape,
});
export type Step = z.infer<typeof Step>;

/** The component that a step uses, or that a sweep tries: a reference, or the component itself. */
export const componentOf = ({ component, trial }: Step): Step['component'] => component ?? trial;

/** The text by which a step names its component; null where it carries its own. */
export function componentReferenceOf(step: Step): string | null {
  const component = componentOf(step);
  return typeof component === 'string' ? component : null;
}

/** What a sweep tries, by name; empty for any other step. */
export function searchSpaceOf({ trial, search_space: space }: Step): Readonly<Record<string, Json>> {
  return trial !== undefined && space !== null && typeof space === 'object' && !Array.isArray(space) ? space : {};
}
