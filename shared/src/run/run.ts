import { z } from 'zod';
import { Instant, RunId } from '../ids.ts';
import { RunEvent } from './run-event.ts';
import { PartOfRun } from './run-part.ts';
import { RunStatus } from './status.ts';
import { StepCounts, StepRun } from './step-run.ts';

/** Where the document of a run came from. */
export const RunOrigin = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('draft'), draft: z.string(), revision: z.int() }),
  z.object({ kind: z.literal('file'), file: z.string() }),
  z.object({ kind: z.literal('pipeline'), name: z.string(), version: z.string() }),
  z.object({ kind: z.literal('gallery'), name: z.string() }),
  z.object({ kind: z.literal('document') }),
  /** A component was tried by itself before it was a version; `draft`: where that was asked for. */
  z.object({ kind: z.literal('test'), draft: z.string(), component: z.string() }),
]);
export type RunOrigin = z.infer<typeof RunOrigin>;

/** A run as lists show it. Times: `queuedAt` acceptance, `endedAt` the end; a duration is the difference. */
export const RunSummary = z.object({
  id: RunId,
  /** The text the person gave, else the pipeline's display name. */
  name: z.string(),
  pipelineName: z.string(),
  experiment: z.string(),
  status: RunStatus,
  origin: RunOrigin,
  by: z.string(),
  /** The part of the pipeline that it was asked to run, and what that is called: `to Train Model`, `3 steps`. Left out: all of it. */
  part: PartOfRun.extend({ text: z.string() }).optional(),
  queuedAt: Instant,
  endedAt: Instant.nullable(),
  counts: StepCounts,
  /** Why it failed, in one sentence; null while it has not. */
  error: z.string().nullable(),
  /** The sequence number of its last event. */
  lastSeq: z.int(),
});
export type RunSummary = z.infer<typeof RunSummary>;

/** An entry of a run's log: the event, and the facts it left behind, so that a watcher has nothing to compute. */
export const StoredRunEvent = z.intersection(
  RunEvent,
  z.object({
    /** From 1, without gaps. */
    seq: z.int().min(1),
    changes: z.object({ run: RunSummary, steps: z.array(StepRun) }),
  }),
);
export type StoredRunEvent = z.infer<typeof StoredRunEvent>;
