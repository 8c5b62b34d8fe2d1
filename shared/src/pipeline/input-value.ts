import { z } from 'zod';
import { Scalar } from '../json.ts';
import { PortType } from '../component/port-type.ts';

/** Data named by where it lies: a path relative to the document's file, a URL, or an asset (`azureml:NAME:VERSION`). */
export const DataReference = z.looseObject({
  type: PortType.optional(),
  path: z.string(),
  mode: z.string().optional(),
});
export type DataReference = z.infer<typeof DataReference>;

/** A typed declaration, as a pipeline component writes it; a pipeline's input may carry its value as `default`. */
export const InputDeclaration = z.looseObject({
  type: PortType,
  description: z.string().optional(),
  default: Scalar.nullable().optional(),
  optional: z.boolean().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  enum: z.array(Scalar).optional(),
});
export type InputDeclaration = z.infer<typeof InputDeclaration>;

/** The input of a pipeline: a literal, data, or a declaration. */
export const PipelineInput = z.union([DataReference, InputDeclaration, Scalar, z.null()]);
export type PipelineInput = z.infer<typeof PipelineInput>;

/** The input of a step: a literal or a binding (text), data, or nothing yet. */
export const StepInput = z.union([DataReference, Scalar, z.null()]);
export type StepInput = z.infer<typeof StepInput>;

const OutputSettings = z.looseObject({
  type: PortType.optional(),
  mode: z.string().optional(),
  path: z.string().optional(),
  name: z.string().optional(),
  version: z.union([z.string(), z.number()]).transform(String).pipe(z.string()).optional(),
});

export const PipelineOutput = z.union([OutputSettings, z.string(), z.null()]);
export type PipelineOutput = z.infer<typeof PipelineOutput>;

/** The output of a step: nothing said, settings, or the pipeline output it fills (`${{parent.outputs.model}}`). */
export const StepOutput = z.union([OutputSettings, z.string(), z.null()]);
export type StepOutput = z.infer<typeof StepOutput>;
