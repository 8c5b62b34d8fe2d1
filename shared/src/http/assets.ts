import { z } from 'zod';
import { Environment } from '../component/environment.ts';
import { DataType } from '../component/port-type.ts';
import { Instant } from '../ids.ts';

/** A named, versioned piece of data or model: registered, shipped as a sample, or put out by a run. */
export const DataAsset = z.object({
  name: z.string(),
  version: z.string(),
  type: DataType,
  description: z.string(),
  sizeBytes: z.int(),
  source: z.enum(['sample', 'run', 'registered']),
  run: z.string().nullable(),
  step: z.string().nullable(),
  port: z.string().nullable(),
  createdAt: Instant,
  licence: z.string().nullable(),
});
export type DataAsset = z.infer<typeof DataAsset>;

export const EnvironmentBuild = z.object({
  hash: z.string(),
  status: z.enum(['building', 'ready', 'failed']),
  /** `host`, `uv` or `venv`; null while that is being found out. */
  builder: z.string().nullable(),
  python: z.string().nullable(),
  startedAt: Instant,
  endedAt: Instant.nullable(),
  message: z.string().nullable(),
  /** The name of the list of what is installed in it. */
  lock: z.string().nullable(),
});
export type EnvironmentBuild = z.infer<typeof EnvironmentBuild>;

export const RegisteredEnvironment = z.object({
  name: z.string(),
  version: z.string(),
  source: z.enum(['built-in', 'registered']),
  definition: Environment,
  build: EnvironmentBuild.nullable(),
});
export type RegisteredEnvironment = z.infer<typeof RegisteredEnvironment>;
