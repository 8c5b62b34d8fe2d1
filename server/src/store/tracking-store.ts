import type { MetricSummary, StepMetrics } from '@pipewright/shared/http/runs.ts';
import type { RunId } from '@pipewright/shared/ids.ts';
import type { Donor } from '@pipewright/shared/run/reason.ts';

/** A label of runs, with the id that clients of MLflow know it by. */
export interface Experiment {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Null: it is in use. */
  readonly deletedAt: number | null;
  readonly tags: Readonly<Record<string, string>>;
}

export type ExperimentChange = Partial<Pick<Experiment, 'name' | 'deletedAt' | 'tags'>>;

export interface ExperimentStore {
  /** Undefined: the name is taken, be it by a deleted one. */
  create(experiment: Pick<Experiment, 'name' | 'createdAt' | 'tags'>): Promise<Experiment | undefined>;
  get(id: string): Promise<Experiment | undefined>;
  named(name: string): Promise<Experiment | undefined>;
  /** Newest first. */
  list(): Promise<readonly Experiment[]>;
  /** Another name is that of its runs from then on, wherever they are shown. False: the name is taken. */
  change(id: string, change: ExperimentChange, at: number): Promise<boolean>;
}

export interface LoggedMetric {
  readonly name: string;
  readonly value: number;
  /** Milliseconds since the epoch, as the client said. */
  readonly at: number;
  readonly step: number;
  /** The logged model that it is about. */
  readonly model?: string | undefined;
  /** `NAME@DIGEST` of the data that it was measured on. */
  readonly dataset?: string | undefined;
}

/** Which attempt of which step. */
export interface AttemptOf {
  readonly runId: RunId;
  readonly step: string;
  readonly attempt: number;
}

/**
 * The MLflow run of an attempt, whose id the step finds in `MLFLOW_RUN_ID`; one that the step's client made itself; or one
 * of a client outside of steps.
 */
export interface TrackedRun {
  readonly id: string;
  readonly experimentId: string;
  /** Null: it was made outside of steps. */
  readonly of: AttemptOf | null;
  /** The run that it is a part of. */
  readonly parent: string | null;
  /** Empty: it is called after its step. */
  readonly name: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly status: string;
  readonly deletedAt: number | null;
}

export type NewTrackedRun = Pick<TrackedRun, 'id' | 'experimentId' | 'of' | 'startedAt'> & Partial<Pick<TrackedRun, 'parent' | 'name'>>;

export type TrackedRunChange = Partial<Pick<TrackedRun, 'status' | 'endedAt' | 'name' | 'deletedAt'>>;

export interface TrackedBatch {
  readonly metrics: readonly LoggedMetric[];
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** A param keeps the value that it was given first: nothing of the batch is kept then. */
export type LogOutcome = { readonly kind: 'logged' } | { readonly kind: 'param-taken'; readonly name: string; readonly value: string; readonly given: string };

/** What went into a run or came out of it; `record` is a form of the caller's. */
export interface TrackedLink {
  readonly kind: 'dataset' | 'model-input' | 'model-output';
  readonly name: string;
  readonly record: string;
}

/** What a list says of a run. */
export interface TrackedFacts {
  readonly metrics: readonly LoggedMetric[];
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly links: readonly TrackedLink[];
}

/** Names of facts; of links either all or none. */
export interface FactNames {
  readonly metrics: readonly string[];
  readonly params: readonly string[];
  readonly tags: readonly string[];
  readonly links: boolean;
}

export interface MetricPage {
  readonly offset: number;
  readonly limit: number;
}

export interface TrackingStore {
  /** A run that a client makes itself; that of an attempt comes with the turn that starts it. */
  start(run: NewTrackedRun): Promise<void>;
  get(id: string): Promise<TrackedRun | undefined>;
  update(id: string, change: TrackedRunChange): Promise<void>;
  log(id: string, batch: TrackedBatch): Promise<LogOutcome>;
  /** Whether it was there. */
  removeTag(id: string, name: string): Promise<boolean>;
  link(id: string, links: readonly TrackedLink[]): Promise<void>;
  /** Of some experiments, newest first, deleted ones too. */
  list(experiments: readonly string[]): Promise<readonly TrackedRun[]>;
  /** Of each run: last values of its metrics, and all else that was logged; or only what is named. */
  facts(ids: readonly string[], only?: FactNames): Promise<ReadonlyMap<string, TrackedFacts>>;
  /** All that a run has logged of metrics and params. */
  ofRun(id: string): Promise<StepMetrics>;
  /** Of the last attempt that logged anything; what its client's own runs logged is theirs. */
  ofStep(runId: RunId, step: string): Promise<StepMetrics>;
  /** The same of many steps, each in its place, without the courses: last values and how many there are, by when each was first logged. */
  lastOfSteps(steps: readonly Donor[]): Promise<readonly (readonly MetricSummary[])[]>;
  /** That of the last attempt of a step. */
  runOfStep(step: { readonly run: string; readonly step: string }): Promise<TrackedRun | undefined>;
  /** In the order of their steps. */
  metricHistory(id: string, name: string, page?: MetricPage): Promise<readonly LoggedMetric[]>;
  /** The last value of each metric that is about a logged model, on each data. */
  metricsOfModel(model: string): Promise<readonly (LoggedMetric & { readonly run: string })[]>;
}

/** A model that a client of MLflow 3 logs: a thing of its own there, with a folder of its own. */
export interface LoggedModel {
  readonly id: string;
  readonly experimentId: string;
  readonly run: string | null;
  readonly name: string;
  readonly modelType: string;
  readonly status: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
}

export type LoggedModelChange = Partial<Pick<LoggedModel, 'status' | 'tags' | 'params'>>;

export interface LoggedModelStore {
  create(model: LoggedModel): Promise<void>;
  /** A deleted one is not found. */
  get(id: string): Promise<LoggedModel | undefined>;
  /** Says what is to be from what is, in one transaction; undefined: there is none. */
  change(id: string, change: (model: LoggedModel) => LoggedModelChange, at: number): Promise<LoggedModel | undefined>;
  delete(id: string, at: number): Promise<boolean>;
  /** Of some experiments, newest first. */
  list(experiments: readonly string[]): Promise<readonly LoggedModel[]>;
  /** Those that a tracked run has logged, newest first. */
  ofRun(run: string): Promise<readonly LoggedModel[]>;
}
