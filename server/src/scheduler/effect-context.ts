import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { StepRunner } from '../compute/step-runner.ts';
import type { EnvironmentBuilder } from '../environments/environment-builder.ts';
import type { DataFinder } from '../data/find-data.ts';
import type { LockBook } from '../environments/environment-locks.ts';
import type { Logger } from '../logger.ts';
import type { Store } from '../store/store.ts';
import type { MetricNews } from './metric-news.ts';
import type { Differences } from './differences.ts';
import type { Slots } from './slots.ts';

/** The world that effects are performed on. */
export interface World {
  readonly store: Store;
  readonly artifacts: ArtifactStore;
  readonly runner: StepRunner;
  readonly environments: EnvironmentBuilder;
  readonly data: Pick<DataFinder, 'target'>;
  readonly locks: LockBook;
  readonly slots: Slots;
  readonly differences: Differences;
  readonly metricNews: MetricNews;
  readonly logger: Logger;
  readonly clock: Clock;
  /** `runs/` in the data folder. */
  readonly runsFolder: string;
  /** Where steps reach our tracking endpoint; read when an attempt starts, since the port is known only then. */
  readonly trackingUri: () => string;
}

export interface Clock {
  now(): Date;
}
