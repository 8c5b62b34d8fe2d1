import { z } from 'zod';
import { CommandComponent } from '@pipewright/shared/component/leaf-component.ts';
import { Environment } from '@pipewright/shared/component/environment.ts';
import { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';

const toSchema = (schema: z.ZodType, title: string): unknown => ({ title, ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) });

/** JSON Schemas of the files that people write: editors complete and check YAML by them. */
export const fileSchemas: Readonly<Record<string, unknown>> = {
  'pipeline.json': toSchema(Pipeline, 'Pipeline'),
  'component.json': toSchema(CommandComponent, 'Component'),
  'environment.json': toSchema(Environment, 'Environment'),
};
