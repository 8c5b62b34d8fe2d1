import { z } from 'zod';
import { DataType } from '../component/port-type.ts';
import { Component } from '../component/component.ts';
import { DraftContent, DraftOp } from '../draft/draft-op.ts';
import { Problem } from '../graph/problem.ts';
import { DraftId, Instant, RunId } from '../ids.ts';
import { Layout } from '../pipeline/layout.ts';
import { Pipeline } from '../pipeline/pipeline.ts';
import { RunOptions } from '../run/run-options.ts';
import { RunStatus } from '../run/status.ts';
import { GraphThumbnail } from './graph-thumbnail.ts';

export const DraftSummary = z.object({
  id: DraftId,
  name: z.string(),
  revision: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
  by: z.string(),
  /** What it was made of, for people: `gallery:fuel-economy`, `run:42`, `file:/…`; null when it began empty. */
  from: z.string().nullable(),
  stepCount: z.int(),
  problemCount: z.int(),
  lastRun: z.object({ id: RunId, status: RunStatus }).nullable(),
  thumbnail: GraphThumbnail,
});
export type DraftSummary = z.infer<typeof DraftSummary>;

/** A version of a registered component. */
export const ComponentVersion = z.object({ name: z.string(), version: z.string() });
export type ComponentVersion = z.infer<typeof ComponentVersion>;

/** A draft as the designer opens it; `components` holds every component that the document names and that was found. */
export const Draft = z.object({
  id: DraftId,
  name: z.string(),
  revision: z.int(),
  ...DraftContent.shape,
  components: z.record(z.string(), Component),
  problems: z.array(Problem),
  /** The run that the designer attaches to when it opens: the newest of this draft. */
  lastRun: z.object({ id: RunId, status: RunStatus }).nullable(),
  /** The version of a component that it was opened from, to become the next one. */
  editedComponent: ComponentVersion.nullable(),
  updatedAt: Instant,
});
export type Draft = z.infer<typeof Draft>;

/** The graph of a step that is a pipeline, as its component has it. */
export const DraftInside = z.object({
  document: Pipeline,
  layout: Layout,
  components: z.record(z.string(), Component),
  /** Which of its steps are pipelines in turn. */
  pipelines: z.array(z.string()),
  /** The file that it is written in; null for a registered component. */
  file: z.string().nullable(),
  /** The registered component that it is; null for a file. */
  component: ComponentVersion.nullable(),
  /** What goes before a relative path in it, so that it leads there from the folder of the draft. */
  prefix: z.string(),
  /** From the draft (key empty) down to it. */
  way: z.array(z.object({ key: z.string(), title: z.string() })),
  /** The newest run of the draft, whose statuses are shown in it. */
  lastRun: z.object({ id: RunId, status: RunStatus }).nullable(),
});
export type DraftInside = z.infer<typeof DraftInside>;

export const CreateDraft = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  document: Pipeline.optional(),
  layout: Layout.optional(),
  /** What the document was read from, for its comments, order and spelling. */
  text: DraftContent.shape.text,
});
export type CreateDraft = z.infer<typeof CreateDraft>;

/** `mutationId` makes a repeated request harmless: the second one answers as the first did. */
export const DraftOpsRequest = z.strictObject({
  clientId: z.string().min(1).max(64),
  mutationId: z.string().min(1).max(64),
  ops: z.array(DraftOp).min(1).max(5000),
});
export type DraftOpsRequest = z.infer<typeof DraftOpsRequest>;

export const DraftOpsAccepted = z.object({ revision: z.int(), problems: z.array(Problem) });
export type DraftOpsAccepted = z.infer<typeof DraftOpsAccepted>;

/** One stored edit: the operations of one request. */
export const DraftEdit = z.object({
  revision: z.int(),
  clientId: z.string(),
  mutationId: z.string(),
  by: z.string(),
  at: Instant,
  ops: z.array(DraftOp),
});
export type DraftEdit = z.infer<typeof DraftEdit>;

/** 412: what is needed to rebase; `full` when the edits since are no longer kept and the draft must be fetched. */
export const DraftConflict = z.object({
  currentRevision: z.int(),
  opsSince: z.array(DraftEdit),
  full: z.boolean(),
});
export type DraftConflict = z.infer<typeof DraftConflict>;

/** A state of a draft that was kept. */
export const Checkpoint = z.object({
  id: z.string(),
  revision: z.int(),
  /** Empty for one that was kept by itself. */
  name: z.string(),
  at: Instant,
  by: z.string(),
  /** Why: somebody gave it a name, a run was made of it, or while it was edited. Of those kept before this was told each has a name. */
  kind: z.enum(['named', 'run', 'automatic']).default('named'),
  /** The run that was made of it. */
  run: RunId.nullable().default(null),
});
export type Checkpoint = z.infer<typeof Checkpoint>;
export const CreateCheckpoint = z.strictObject({ name: z.string().min(1).max(200) });

/** What a draft held at another time, with what a canvas needs to draw it. */
export const KeptContent = z.object({ ...DraftContent.shape, components: z.record(z.string(), Component) });
export type KeptContent = z.infer<typeof KeptContent>;

/** Body of `/drafts/:id/plan` and `/drafts/:id/runs`; `revision` refuses another state than the one looked at. */
export const RunDraft = RunOptions.extend({ revision: z.int().optional() });
export type RunDraft = z.infer<typeof RunDraft>;

/** Data by the path that a draft has for it. */
export const DraftDataQuery = z.object({ path: z.string().min(1), type: DataType.optional() });
