import type { Instant, RunId } from '@pipewright/shared/ids.ts';
import type { Donor } from '@pipewright/shared/run/reason.ts';
import type { EnvironmentDefinition } from '@pipewright/shared/run/run-snapshot.ts';

/** What a run refers to outside of the database. */
export interface RunTraces {
  /** Its snapshot, the rows of its steps and those it will take over: whatever artifact they are about, its hash stands in them. */
  readonly texts: readonly string[];
  /** Null: the base Python. */
  readonly environments: readonly (EnvironmentDefinition | null)[];
  /** Steps of other runs whose results stand in for some of its own. */
  readonly donors: readonly Donor[];
}

export interface RunRemoval {
  readonly kind: 'removed' | 'unknown' | 'unfinished';
}

/** What must stay, for whoever clears up: told as text, so that no place in which a hash may stand can be forgotten. */
export interface RetentionStore {
  /** All of them, oldest first; `endedAt` is null while a run goes on. */
  runs(): Promise<readonly { readonly id: RunId; readonly queuedAt: Instant; readonly endedAt: Instant | null }[]>;
  traces(run: RunId): Promise<RunTraces>;
  /** Hashes of the code that a run was accepted with: it can be gone on with as long as it is remembered. */
  codeOf(run: RunId): Promise<readonly string[]>;
  /** Everything that is not a run's and may refer to an artifact: drafts, published pipelines, components, registered outputs. */
  standingTexts(): Promise<readonly string[]>;
  /** Folders that drafts, archived ones too, published pipelines and runs resolve their paths in. */
  foldersInUse(): Promise<readonly string[]>;
  /** `NUMBER/STEP.PORT` of what put out an artifact. */
  producersOf(hash: string): Promise<readonly string[]>;
  /** Steps of a run, there or not, whose results stand in for those of other runs: their logs and metrics are shown there. */
  donorsIn(run: string): Promise<readonly string[]>;
  /**
   * Takes a run that has ended out of the history, with all it has tracked except for steps that are donors. What it has
   * registered under a name stays.
   */
  removeRun(run: RunId): Promise<RunRemoval>;
  /** Metrics of removed runs that were kept for their donors, once no run needs them. */
  forgetOrphans(): Promise<void>;
}
