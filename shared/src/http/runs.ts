import { z } from 'zod';
import { Pipeline } from '../pipeline/pipeline.ts';
import { RunOptions } from '../run/run-options.ts';
import { Plan } from '../run/plan.ts';
import { RunStatus } from '../run/status.ts';
import { RunSummary, StoredRunEvent } from '../run/run.ts';
import { RunSnapshot } from '../run/run-snapshot.ts';
import { StepRun } from '../run/step-run.ts';
import { PageQuery } from './page.ts';

/** A run with everything its page needs; `steps` in topological order. */
export const Run = RunSummary.extend({
  snapshot: RunSnapshot,
  steps: z.array(StepRun),
  /** Values of the pipeline's inputs as the run used them. */
  inputs: z.record(z.string(), z.json()),
});
export type Run = z.infer<typeof Run>;

export const RunsQuery = PageQuery.extend({
  status: RunStatus.optional(),
  draft: z.string().optional(),
  search: z.string().optional(),
});
export type RunsQuery = z.infer<typeof RunsQuery>;

/** What `/validate`, `/plan`, `/runs` and `/import` take: exactly one source, and options. */
export const PipelineSource = z.object({
  /** A path on the server's machine. */
  file: z.string().optional(),
  document: Pipeline.optional(),
  /** `NAME` or `NAME:VERSION`. */
  pipeline: z.string().optional(),
  gallery: z.string().optional(),
});
export type PipelineSource = z.infer<typeof PipelineSource>;

const hasOneSource = ({ file, document, pipeline, gallery }: PipelineSource): boolean =>
  [file, document, pipeline, gallery].filter((source) => source !== undefined).length === 1;
const oneSource = { message: 'name exactly one of file, document, pipeline, gallery' };

export const SubmitRun = z.strictObject({ ...PipelineSource.shape, ...RunOptions.shape }).refine(hasOneSource, oneSource);
export type SubmitRun = z.infer<typeof SubmitRun>;

/** `name`: what the draft is called, instead of what the pipeline says. */
export const ImportPipeline = z.strictObject({ ...PipelineSource.shape, name: z.string().min(1).max(200).optional() }).refine(hasOneSource, oneSource);
export type ImportPipeline = z.infer<typeof ImportPipeline>;

export const RunEvents = z.object({ items: z.array(StoredRunEvent) });
export const RunPlan = Plan;

export const LogQuery = z.object({
  attempt: z.coerce.number().int().min(1).optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(4_194_304).default(262_144),
});

/** A part of an attempt's log. Offsets are bytes in the log as it is shown (our own lines and the step's). */
export const LogChunk = z.object({
  attempt: z.int(),
  offset: z.int(),
  nextOffset: z.int(),
  size: z.int(),
  /** No byte will follow `size`. */
  isEnded: z.boolean(),
  /** The step's own lines; before and after them stand Pipewright's. `stepTo` is null while there are none after. */
  stepFrom: z.int(),
  stepTo: z.int().nullable(),
  text: z.string(),
});
export type LogChunk = z.infer<typeof LogChunk>;

export const Metric = z.object({
  name: z.string(),
  last: z.number().nullable(),
  /** In order of logging; `value` is null for NaN and infinities. */
  points: z.array(z.object({ step: z.int(), at: z.int(), value: z.number().nullable() })),
});
export type Metric = z.infer<typeof Metric>;

const MetricSummary = Metric.omit({ points: true }).extend({ pointCount: z.int() });
export type MetricSummary = z.infer<typeof MetricSummary>;

/** Of a whole run: what each of its steps has logged, without the courses; steps that logged nothing are left out. */
export const RunMetrics = z.object({ items: z.array(z.object({ step: z.string(), metrics: z.array(MetricSummary) })) });
export type RunMetrics = z.infer<typeof RunMetrics>;

export const StepMetrics = z.object({ metrics: z.array(Metric), params: z.record(z.string(), z.string()) });
export type StepMetrics = z.infer<typeof StepMetrics>;
