import type { Problem } from '@pipewright/shared/graph/problem.ts';
import type { RunId } from '@pipewright/shared/ids.ts';
import type { Layout } from '@pipewright/shared/pipeline/layout.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import type { Plan } from '@pipewright/shared/run/plan.ts';
import type { ResumeOptions, RunOptions } from '@pipewright/shared/run/run-options.ts';
import type { RunOrigin, RunSummary, StoredRunEvent } from '@pipewright/shared/run/run.ts';

/** A pipeline somebody wants planned or run. */
export interface RunRequest {
  readonly document: Pipeline;
  readonly layout: Layout;
  /** What the document was written in. */
  readonly text?: string | undefined;
  /** Relative paths in the document are resolved against it; null where there is none. */
  readonly folder: string | null;
  readonly origin: RunOrigin;
  readonly by: string;
  readonly options: RunOptions;
  /** The runs that this one goes on with, newest first. */
  readonly resumes?: readonly RunId[];
}

export type SubmitOutcome =
  { readonly ok: true; readonly run: RunSummary; readonly problems: readonly Problem[] } | { readonly ok: false; readonly problems: readonly Problem[] };

export interface ResumeRequest {
  readonly by: string;
  readonly options: ResumeOptions;
}

export type ResumeOutcome =
  SubmitOutcome | { readonly ok: false; readonly problems: readonly []; /** Why there is nothing to go on with. */ readonly why: string };

export interface RunListener {
  /** After the commit, in order of `seq`. */
  eventsAppended(runId: RunId, events: readonly StoredRunEvent[]): void;
}

/** Everything that plans, starts, watches and ends runs. */
export interface Scheduler extends AsyncDisposable {
  plan(request: RunRequest): Promise<Plan>;
  /** Everything that keeps it from running, without a plan. */
  check(request: RunRequest): Promise<readonly Problem[]>;
  submit(request: RunRequest): Promise<SubmitOutcome>;
  /** Goes on with a run that has ended, or does a part of it again: what finished in it is taken over. */
  resume(runId: RunId, request: ResumeRequest): Promise<ResumeOutcome>;
  /** False when the run has ended already or does not exist. */
  cancel(runId: RunId, by: string): Promise<boolean>;
  /** Goes on with every unfinished run, through the same path as a new one. */
  recover(): Promise<void>;
  /** Resolves when the run has ended. */
  ended(runId: RunId): Promise<RunSummary>;
  listen(listener: RunListener): () => void;
  /** Ctrl-C: stops every attempt and marks it interrupted, so that the next start tries it again. */
  interrupt(): Promise<void>;
}
