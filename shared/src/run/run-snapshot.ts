import { z } from 'zod';
import { AssetPin } from '../asset/asset.ts';
import { Component } from '../component/component.ts';
import { CommandComponent } from '../component/leaf-component.ts';
import { DataType, PortType } from '../component/port-type.ts';
import { ContentHash, RunId } from '../ids.ts';
import { Scalar } from '../json.ts';
import { Layout } from '../pipeline/layout.ts';
import { Pipeline } from '../pipeline/pipeline.ts';
import { Sweep } from '../sweep/sweep.ts';
import { Donor } from './reason.ts';
import { RetryEnding, ReusePolicy } from '../pipeline/step-control.ts';

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
  /** Exactly this or an error; left out, the nearest that can be had, with a note. */
  resolution: z.literal('strict').optional(),
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
    /** What the step sees a file as, where its path does not say so. */
    fileName: z.string().optional(),
    pipelineInput: z.string().optional(),
    /** The version that was found under the name it was given by. */
    asset: AssetPin.optional(),
  }),
  z.object({ kind: z.literal('output'), type: PortType, step: z.string(), output: z.string(), isOptional: z.boolean() }),
  /** A text with values of other steps in it. */
  z.object({ kind: z.literal('template'), type: PortType, parts: z.array(z.union([z.string(), z.object({ step: z.string(), output: z.string() })])) }),
  z.object({ kind: z.literal('absent'), type: PortType }),
]);
export type ResolvedInput = z.infer<typeof ResolvedInput>;

/** Where the items of a loop come from: a list of values or of inputs, the text of a list that a step puts out, or the files of a folder. */
export const LoopSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('list'), items: z.array(Scalar) }),
  z.object({ kind: z.literal('inputs'), items: z.array(z.record(z.string(), ResolvedInput)) }),
  z.object({ kind: z.literal('output'), step: z.string(), output: z.string() }),
  z.object({ kind: z.literal('folder'), path: z.string() }),
]);
export type LoopSource = z.infer<typeof LoopSource>;

/** One item of a loop: a value, or a file or folder with its content as it lay when the loop began; or inputs, as of a round what it has of the one before. */
export const LoopItem = z.union([
  z.object({ inputs: z.record(z.string(), ResolvedInput) }),
  z.object({ value: Scalar }),
  /** A trial of a sweep: the values that it tries. */
  z.object({ values: z.record(z.string(), Scalar) }),
  z.object({ path: z.string(), hash: ContentHash, isFolder: z.boolean() }),
]);
export type LoopItem = z.infer<typeof LoopItem>;

/** A condition that holds for a step of a nested pipeline: its own, or one of a pipeline that it is in. */
export const ScopedCondition = z.object({
  text: z.string(),
  /** The keys of the pipelines that it was written in, as `outer/`; the names in it are steps there. */
  within: z.string(),
  /** What the inputs that it asks for stand for: a value, or an output of a step. */
  inputs: z.record(z.string(), z.union([Scalar.nullable(), z.object({ step: z.string(), output: z.string() })])),
});
export type ScopedCondition = z.infer<typeof ScopedCondition>;

/** Whether, when and how often a step runs; left out of a step that says nothing of it. */
export const ResolvedControl = z.object({
  retry: z
    .object({
      count: z.int(),
      backoffMs: z.number(),
      factor: z.number(),
      maxBackoffMs: z.number(),
      jitter: z.number(),
      on: z.array(RetryEnding),
      exitCodes: z.array(z.int()).nullable(),
    })
    .nullable(),
  /** From the start of the process. */
  timeoutMs: z.number().nullable(),
  /** Steps that must have ended before it besides those it reads data of. */
  after: z.array(z.string()),
  /** The text of its condition; null: none. */
  when: z.string().nullable(),
  /** Of a step in a nested pipeline, in place of `when`: all of these are to be true. */
  conditions: z.array(ScopedCondition).optional(),
  reuse: ReusePolicy,
  /** What it takes of the machine; null: one slot. */
  resources: z.object({ cpu: z.number(), memoryBytes: z.number(), gpu: z.int() }).nullable(),
  /** Runs once for each item. `input` takes it (null: it is a map that fills inputs by name); `maxParallel` null: only the machine's slots bound it. */
  forEach: z.object({ items: LoopSource, input: z.string().nullable(), maxParallel: z.int().min(1).nullable() }).nullable(),
  /** Runs again as long as the output `while` is true, `feed` (input → output) taken from the round before, up to `max` times. */
  repeat: z.object({ while: z.union([z.string(), z.boolean()]), feed: z.record(z.string(), z.string()), max: z.int().min(1) }).optional(),
  /** Runs once for each trial, and what the best of them puts out is its own. */
  sweep: Sweep.optional(),
  /** It is not among the steps that were asked for: this earlier result stands in. */
  standIn: Donor.nullable(),
  /** That result is the one that the step is pinned to. */
  isPinned: z.literal(true).optional(),
});
export type ResolvedControl = z.infer<typeof ResolvedControl>;

/** Whether a step runs by its items: once for each, for trials, or in rounds. */
export const isLoop = (control: ResolvedControl | undefined): boolean =>
  control !== undefined && (control.forEach !== null || control.repeat !== undefined || control.sweep !== undefined);

/** A name that an output is registered under. Version null: the next number. */
export const OutputRegistration = z.object({ name: z.string(), version: z.string().nullable(), /** Where it is said anew. */ type: DataType.optional() });
export type OutputRegistration = z.infer<typeof OutputRegistration>;

/** What becomes of an output of a step. */
export const ResolvedOutput = z.object({
  /** The type that counts: the step's, else the component's, else the pipeline output's, else `uri_folder`. */
  type: PortType,
  registers: z.array(OutputRegistration).optional(),
  /** Addresses, with their templates, where the bytes are to lie as well. */
  places: z.array(z.string()).optional(),
});
export type ResolvedOutput = z.infer<typeof ResolvedOutput>;

/** A step as it will run: exact component, code, environment and values. */
export const ResolvedStep = z.object({
  displayName: z.string(),
  /** What the document wrote, or null for a step with its own command. */
  componentReference: z.string().nullable(),
  component: CommandComponent,
  code: CodeSnapshot.nullable(),
  /** Null: the base Python environment. */
  environment: EnvironmentDefinition.nullable(),
  environmentVariables: z.record(z.string(), z.string()),
  compute: z.string(),
  isDeterministic: z.boolean(),
  inputs: z.record(z.string(), ResolvedInput),
  outputs: z.record(z.string(), ResolvedOutput),
  /** What was mapped or left out on the way, for the person who reads the run. */
  notes: z.array(z.string()),
  control: ResolvedControl.optional(),
  /** The registered versions of its component and its environment. */
  assets: z.object({ component: AssetPin.optional(), environment: AssetPin.optional() }).optional(),
});
export type ResolvedStep = z.infer<typeof ResolvedStep>;

/** An output that a step reads. */
export interface StepSource {
  readonly step: string;
  readonly output: string;
  readonly isOptional: boolean;
}

export function sourcesOfInput(input: ResolvedInput): readonly StepSource[] {
  if (input.kind === 'output') return [input];
  if (input.kind !== 'template') return [];
  return input.parts.flatMap((part) => (typeof part === 'string' ? [] : [{ ...part, isOptional: false }]));
}

/** A step that is a pipeline: its steps are in the run under `KEY/…`; it has no process, and its state is theirs. */
export const NestedPipeline = z.object({
  displayName: z.string(),
  componentReference: z.string().nullable(),
  /** The registered version of its component. */
  asset: AssetPin.optional(),
  document: Pipeline,
  layout: Layout,
  components: z.record(z.string(), Component),
  outputs: z.record(z.string(), z.object({ step: z.string(), output: z.string() })),
});
export type NestedPipeline = z.infer<typeof NestedPipeline>;

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
  /** The steps that are pipelines, by their keys (`outer`, `outer/inner`), each before those inside it; left out where there is none. */
  nested: z.record(z.string(), NestedPipeline).optional(),
  /** The folder that relative paths were resolved against. */
  folder: z.string().nullable(),
  force: z.boolean(),
  continueOnStepFailure: z.boolean(),
  /** Null: only the machine's slots bound it. */
  maxParallel: z.int().min(1).nullable(),
  /** From acceptance to the end of the run. */
  timeoutMs: z.number().optional(),
  /** The step that runs last, whatever became of the others. */
  finalStep: z.string().optional(),
  /** The run that this one goes on with, and those that it went on with, newest first: what finished there is taken over. */
  resumes: z.array(RunId).optional(),
});
export type RunSnapshot = z.infer<typeof RunSnapshot>;
