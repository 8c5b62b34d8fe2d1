import type { PageQuery } from '@pipewright/shared/http/page.ts';
import type { Checkpoint, DraftEdit } from '@pipewright/shared/http/drafts.ts';
import type { PublishedPipelineDetail } from '@pipewright/shared/http/pipelines.ts';
import type { RunsQuery } from '@pipewright/shared/http/runs.ts';
import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import type { DraftId, Instant, RunId } from '@pipewright/shared/ids.ts';
import type { Json } from '@pipewright/shared/json.ts';
import type { PortType } from '@pipewright/shared/component/port-type.ts';
import type { Component } from '@pipewright/shared/component/component.ts';
import type { Environment } from '@pipewright/shared/component/environment.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { Plan } from '@pipewright/shared/run/plan.ts';
import type { Donor } from '@pipewright/shared/run/reason.ts';
import type { RunOrigin, RunSummary, StoredRunEvent } from '@pipewright/shared/run/run.ts';
import type { LoopItem, RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import type { RunStatus } from '@pipewright/shared/run/status.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import type { Fingerprint, FingerprintParts } from '../engine/fingerprint.ts';
import type { RunEffect } from '../engine/run-effect.ts';
import type { AssetStore } from './asset-store.ts';
import type { CommentStore } from './comment-store.ts';
import type { ModelNotesStore } from './model-notes-store.ts';
import type { RetentionStore } from './retention-store.ts';
import type { ExperimentStore, LoggedModelStore, TrackingStore } from './tracking-store.ts';

/**
 * Everything Pipewright remembers, in the words of the product: intentions, never rows. `store.contract.ts` says what
 * every backend must do. Writers run one at a time; a method is one transaction.
 */
export interface Store extends AsyncDisposable {
  readonly runs: RunStore;
  readonly outputs: OutputStore;
  readonly reuse: ReuseStore;
  readonly drafts: DraftStore;
  readonly comments: CommentStore;
  readonly pipelines: PipelineStore;
  readonly registry: RegistryStore;
  readonly assets: AssetStore;
  readonly experiments: ExperimentStore;
  readonly tracking: TrackingStore;
  readonly loggedModels: LoggedModelStore;
  readonly modelNotes: ModelNotesStore;
  readonly settings: SettingsStore;
  readonly retention: RetentionStore;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

// ---- runs ---------------------------------------------------------------------------------------------------------

export interface NewRun {
  readonly name: string;
  readonly pipelineName: string;
  readonly experiment: string;
  readonly origin: RunOrigin;
  readonly by: string;
  readonly part?: RunSummary['part'];
  readonly queuedAt: Instant;
  readonly snapshot: RunSnapshot;
  readonly inputs: Record<string, Json>;
  readonly plan: Plan;
  /** One row per step, in topological order. */
  readonly steps: readonly StepRun[];
  /** What its document was written in. */
  readonly text?: string | undefined;
}

/** What one turn of a run's actor leaves behind; stored whole or not at all. */
export interface RunTurn {
  /** The sequence number the turn was computed from; another one in the store is an internal error. */
  readonly afterSeq: number;
  /** `seq` counts on from `afterSeq`; `changes` hold the new rows, of which the last per step wins. */
  readonly events: readonly StoredRunEvent[];
  readonly effects: readonly RunEffect[];
  /** Ids (`effectId`) of effects that these events answered. */
  readonly answered: readonly string[];
  /** Fingerprints that became known in this turn, by step, with the component's reference (null: own command). */
  readonly fingerprints: Readonly<Record<string, { readonly fingerprint: Fingerprint; readonly component: string | null }>>;
  /** In order; the same attempt may come more than once. */
  readonly tracked: readonly TrackedAttempt[];
}

/** Where the MLflow run of an attempt stands, from `at` (milliseconds) on. */
export interface TrackedAttempt {
  readonly id: string;
  readonly step: string;
  readonly attempt: number;
  readonly at: number;
  readonly status: 'SCHEDULED' | 'RUNNING' | 'FINISHED' | 'FAILED' | 'KILLED';
}

export interface RunRecord {
  readonly summary: RunSummary;
  readonly snapshot: RunSnapshot;
  readonly inputs: Record<string, Json>;
  readonly steps: readonly StepRun[];
}

/** The database cannot be used, in words for the person whose data folder it is. */
export class UnusableStoreError extends Error {
  override readonly name = 'UnusableStoreError';
}

export interface RunStore {
  /** Numbers the run (counted up, never reused) and stores it with its waiting steps. No event yet: `lastSeq` is 0. */
  create(run: NewRun): Promise<RunSummary>;
  append(runId: RunId, turn: RunTurn): Promise<void>;
  /** With the steps of its snapshot in their order, and after them the first thousand items of its loops. */
  get(runId: RunId): Promise<RunRecord | undefined>;
  summary(runId: RunId): Promise<RunSummary | undefined>;
  plan(runId: RunId): Promise<Plan | undefined>;
  /** The text that its document was written in, if it was one. */
  textOf(runId: RunId): Promise<string | undefined>;
  step(runId: RunId, step: string): Promise<StepRun | undefined>;
  /** The hash of the code that a step had in a run; null without code, or when the run is gone. */
  codeOfStep(step: Donor): Promise<string | null>;
  /** Newest first. */
  list(query: RunsQuery): Promise<Page<RunSummary>>;
  /** In order; at most `limit` (default: all). */
  eventsAfter(runId: RunId, seq: number, limit?: number): Promise<readonly StoredRunEvent[]>;
  /** What a loop or sweep goes over, as far as it is known. */
  itemsOf(runId: RunId, step: string): Promise<readonly LoopItem[]>;
  /** Effects not answered yet, in the order they were asked for. */
  pendingEffects(runId: RunId): Promise<readonly RunEffect[]>;
  /** Ids of runs that have not ended, oldest first. */
  unfinished(): Promise<readonly RunId[]>;
  /** How many runs stand where; statuses without a run are left out. */
  countByStatus(): Promise<Partial<Record<RunStatus, number>>>;
  /** The newest run of each of these drafts. */
  lastOfDrafts(drafts: readonly string[]): Promise<ReadonlyMap<string, RunSummary>>;
}

/** An output of a completed step, with what a list shows of it. */
export interface FoundOutput {
  readonly run: RunId;
  readonly pipelineName: string;
  readonly step: string;
  readonly port: string;
  readonly artifact: Artifact;
  readonly createdAt: Instant;
}

/** What completed steps have put out, newest run first. */
export interface OutputStore {
  ofTypes(types: readonly PortType[], page: PageQuery): Promise<Page<FoundOutput>>;
}

// ---- reuse --------------------------------------------------------------------------------------------------------

export interface DonorStep {
  readonly donor: Donor;
  readonly outputs: Record<string, Artifact>;
}

/** One with the fingerprint that was asked for. */
export interface DonorCandidate extends DonorStep {
  /** What its environment held, by name; null where nobody wrote it down. */
  readonly lock: string | null;
}

/** An earlier run of a step, to compare with. */
export interface EarlierStep {
  readonly donor: Donor;
  readonly hash: string;
  readonly parts: FingerprintParts;
  readonly status: StepRun['status'];
  readonly durationMs: number | null;
}

export interface ReuseStore {
  /** By fingerprint, step runs that stand as `completed` and `isReusable`, newest first; those without any are left out. */
  donors(fingerprints: readonly string[]): Promise<ReadonlyMap<string, readonly DonorCandidate[]>>;
  /**
   * The nearest earlier run of a step: the same key in the same lineage (draft, file, published pipeline, gallery
   * sample), newest first; else the newest of the same component in any pipeline. Runs that never got a fingerprint do
   * not count, nor does `exceptRun`.
   */
  nearest(step: StepIdentity): Promise<EarlierStep | undefined>;
  /** The newest completed run of a step under its key in a lineage, whatever its fingerprint. */
  newestCompleted(step: Pick<StepIdentity, 'lineage' | 'step' | 'exceptRun'>): Promise<DonorStep | undefined>;
}

export interface StepIdentity {
  /** `lineageOf(origin)`: what makes two runs runs of the same pipeline. */
  readonly lineage: string;
  readonly step: string;
  /** The component's reference or name; null for an inline command. */
  readonly component: string | null;
  readonly exceptRun?: RunId;
}

// ---- drafts -------------------------------------------------------------------------------------------------------

export interface DraftRecord extends DraftContent {
  readonly id: DraftId;
  readonly revision: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly by: string;
  /** The folder that relative paths in the document are resolved against; null for one made in the designer. */
  readonly folder: string | null;
  /** What it was cloned from, for people: `gallery:fuel-economy`, `run:42`, `file:/…`. */
  readonly from: string | null;
}

export type NewDraft = Omit<DraftRecord, 'revision' | 'updatedAt'>;

export interface DraftStore {
  create(draft: NewDraft): Promise<DraftRecord>;
  /** The draft that was made from the same and edited last, if it is not archived; else this one, made. */
  createOnceFrom(draft: NewDraft & { readonly from: string }): Promise<DraftId>;
  get(id: DraftId): Promise<DraftRecord | undefined>;
  /** Newest edit first; archived ones left out. Without their texts. */
  list(query: PageQuery): Promise<Page<DraftRecord>>;
  /**
   * Stores an edit and the content it led to, if the draft still stands at `edit.revision - 1`. A `mutationId` that was
   * stored before answers `repeated` with the revision it led to.
   */
  save(id: DraftId, edit: DraftEdit, content: DraftContent): Promise<SaveOutcome>;
  /** Edits after a revision, in order; undefined when some of them are no longer kept. */
  editsAfter(id: DraftId, revision: number): Promise<readonly DraftEdit[] | undefined>;
  /** Edits before a revision, newest first, as far as they are kept. */
  editsBefore(id: DraftId, revision: number, limit: number): Promise<readonly DraftEdit[]>;
  /** Steps that got other keys with this revision or after it, newest first. */
  renamesSince(id: DraftId, revision: number): Promise<readonly { readonly step: string; readonly to: string }[]>;
  archive(id: DraftId, at: Instant): Promise<boolean>;
  isArchived(id: DraftId): Promise<boolean>;
  /** Brings an archived draft back. */
  restore(id: DraftId): Promise<boolean>;
  /** Newest first. */
  checkpoints(id: DraftId): Promise<readonly Checkpoint[]>;
  newestCheckpoint(id: DraftId): Promise<Checkpoint | undefined>;
  addCheckpoint(id: DraftId, checkpoint: Checkpoint, content: DraftContent): Promise<void>;
  checkpointContent(id: DraftId, checkpoint: string): Promise<DraftContent | undefined>;
  /** Puts another in the place of the one with its id, about the same content; false when that is gone. */
  changeCheckpoint(id: DraftId, checkpoint: Checkpoint): Promise<boolean>;
  /** Those of them that have no name: one may have been given to them meanwhile. */
  removeUnnamedCheckpoints(id: DraftId, checkpoints: readonly string[]): Promise<void>;
}

export type SaveOutcome =
  | { readonly kind: 'saved' }
  | { readonly kind: 'repeated'; readonly revision: number }
  | { readonly kind: 'conflict'; readonly currentRevision: number }
  | { readonly kind: 'archived' }
  | { readonly kind: 'unknown' };

// ---- published pipelines, registry --------------------------------------------------------------------------------

export interface NewPublishedPipeline extends Omit<PublishedPipelineDetail, 'version'> {
  readonly version: string | undefined;
  /** Hash of document and layout: the same content again, in the same text, is the same version. */
  readonly contentHash: string;
  readonly folder: string | null;
  readonly text?: string | undefined;
}

export interface PublishedRecord extends PublishedPipelineDetail {
  readonly folder: string | null;
  /** Only where one is asked for by name. */
  readonly text?: string;
}

export type PublishOutcome =
  { readonly kind: 'published' | 'unchanged'; readonly pipeline: PublishedRecord } | { readonly kind: 'version-taken'; readonly version: string };

/** Where a version is asked for, `latest` is the newest. */
export interface PipelineStore {
  publish(pipeline: NewPublishedPipeline): Promise<PublishOutcome>;
  /** The newest version of each, newest first. */
  list(query: PageQuery): Promise<Page<PublishedRecord>>;
  versions(name: string): Promise<readonly PublishedRecord[]>;
  /** The versions of what was published from a draft, and of the pipeline of this name; newest first. */
  ofDraft(draft: DraftId, name: string | null): Promise<readonly PublishedRecord[]>;
  get(name: string, version: string): Promise<PublishedRecord | undefined>;
}

export interface ComponentRecord {
  readonly name: string;
  readonly version: string;
  readonly component: Component;
  readonly contentHash: string;
  /** Folder of the file that defines it: paths in it are relative to this. */
  readonly folder: string;
  readonly source: 'built-in' | 'registered';
  readonly registeredAt: Instant;
  readonly by: string | null;
  /** Told of what is registered. */
  readonly archivedAt?: Instant | null;
}

export interface EnvironmentRecord {
  readonly name: string;
  readonly version: string;
  readonly environment: Environment;
  readonly contentHash: string;
  readonly folder: string;
  readonly source: 'built-in' | 'registered';
  readonly registeredAt: Instant;
  readonly by: string | null;
  /** Told of what is registered. */
  readonly archivedAt?: Instant | null;
}

/** The content of components and environments by name; `latest` passes over what is archived. */
export interface RegistryStore {
  /** Other content under a taken version is refused, except a built-in that the product itself replaces. */
  registerComponent(record: ComponentRecord): Promise<'registered' | 'unchanged' | 'version-taken'>;
  components(): Promise<readonly ComponentRecord[]>;
  component(name: string, version: string): Promise<ComponentRecord | undefined>;
  registerEnvironment(record: EnvironmentRecord): Promise<'registered' | 'unchanged' | 'version-taken'>;
  environments(): Promise<readonly EnvironmentRecord[]>;
  environment(name: string, version: string): Promise<EnvironmentRecord | undefined>;
}

// ---- settings -----------------------------------------------------------------------------------------------------

export interface SettingsStore {
  get(key: string): Promise<Json | undefined>;
  set(key: string, value: Json): Promise<void>;
}
