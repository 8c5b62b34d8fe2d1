import { z } from 'zod';

/** Types of bytes: what an artifact is. `path` is Azure's legacy name of `uri_folder`. */
export const DataType = z.enum(['uri_file', 'uri_folder', 'mltable', 'mlflow_model', 'custom_model', 'triton_model', 'path']);
export type DataType = z.infer<typeof DataType>;

/** Types of values: what a parameter is. */
export const ScalarType = z.enum(['string', 'number', 'integer', 'boolean']);
export type ScalarType = z.infer<typeof ScalarType>;

export const PortType = z.union([DataType, ScalarType]);
export type PortType = z.infer<typeof PortType>;

export function isScalarType(type: PortType): type is ScalarType {
  return ScalarType.safeParse(type).success;
}

export function isDataType(type: PortType): type is DataType {
  return DataType.safeParse(type).success;
}

const modelTypes: ReadonlySet<string> = new Set<DataType>(['mlflow_model', 'custom_model', 'triton_model']);

export const isModelType = (type: string): boolean => modelTypes.has(type);
