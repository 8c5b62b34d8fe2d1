import { z } from 'zod';
import { Component } from '../component/component.ts';
import { PortType } from '../component/port-type.ts';
import { ContentHash } from '../ids.ts';
import { Scalar } from '../json.ts';
import { Layout } from '../pipeline/layout.ts';
import { Pipeline } from '../pipeline/pipeline.ts';

/** A tree of files by relative path, as hashed when the run was accepted. */
export const CodeSnapshot = z.object({
  hash: ContentHash,
  files: z.record(z.string(), ContentHash),
});
export type CodeSnapshot = z.infer<typeof CodeSnapshot>;

/** An environment in canonical form: what every spelling of a definition comes down to. */
export const EnvironmentDefinition = z.object({
  /** A range in the notation of PEP 440; null: any Python. */
  python: z.string().nullable(),
  requirements: z.array(z.string()),
  variables: z.record(z.string(), z.string()),
});
export type EnvironmentDefinition = z.infer<typeof EnvironmentDefinition>;

/** The input of a step with every indirection gone except the one that only the run can fill: another step's output. */
export const ResolvedInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('literal'), type: PortType, value: Scalar, pipelineInput: z.string().optional() }),
  /** Local data as it lay when the run was accepted; `path` is absolute on the server's machine. */
  z.object({
    kind: z.literal('data'),
    type: PortType,
    path: z.string(),
    hash: ContentHash,
    isFolder: z.boolean(),
    pipelineInput: z.string().optional(),
  }),
  z.object({ kind: z.literal('output'), type: PortType, step: z.string(), output: z.string(), isOptional: z.boolean() }),
  z.object({ kind: z.literal('absent'), type: PortType }),
]);
export type ResolvedInput = z.infer<typeof ResolvedInput>;

/** A step as it will run: exact component, code, environment and values. */
export const ResolvedStep = z.object({
  displayName: z.string(),
  /** What the document wrote, or null for a step with its own command. */
  componentReference: z.string().nullable(),
  component: Component,
  code: CodeSnapshot.nullable(),
  /** Null: the base Python environment. */
  environment: EnvironmentDefinition.nullable(),
  environmentVariables: z.record(z.string(), z.string()),
  compute: z.string(),
  isDeterministic: z.boolean(),
  inputs: z.record(z.string(), ResolvedInput),
  /** The type that counts: the step's, else the component's, else the pipeline output's, else `uri_folder`. */
  outputs: z.record(z.string(), z.object({ type: PortType })),
  /** What was mapped or left out on the way, for the person who reads the run. */
  notes: z.array(z.string()),
});
export type ResolvedStep = z.infer<typeof ResolvedStep>;

/** The immutable document of a run. */
export const RunSnapshot = z.object({
  document: Pipeline,
  layout: Layout,
  /** The named components of the document, by the reference's text: what a canvas needs to draw it. */
  components: z.record(z.string(), Component),
  /** In topological order. */
  steps: z.record(z.string(), ResolvedStep),
  /** The pipeline's outputs, by name. */
  outputs: z.record(z.string(), z.object({ step: z.string(), output: z.string() })),
  /** The folder that relative paths were resolved against. */
  folder: z.string().nullable(),
  force: z.boolean(),
  continueOnStepFailure: z.boolean(),
  /** Null: only the machine's slots bound it. */
  maxParallel: z.int().min(1).nullable(),
});
export type RunSnapshot = z.infer<typeof RunSnapshot>;
