import type { MetricNews } from '../scheduler/metric-news.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { Config } from '../config.ts';
import type { DataFinder } from '../data/find-data.ts';
import type { CommentService } from '../drafts/comment-service.ts';
import type { DraftService } from '../drafts/draft-service.ts';
import type { EnvironmentBuilder } from '../environments/environment-builder.ts';
import type { Sample } from '../gallery/read-gallery.ts';
import type { ImportService } from '../imports/import-service.ts';
import type { Previewer } from '../preview/previewer.ts';
import type { ComponentRegistry } from '../registry/component-registry.ts';
import type { EnvironmentRegistry } from '../registry/environment-registry.ts';
import type { Retention } from '../retention/retention.ts';
import type { Clock } from '../scheduler/effect-context.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Store } from '../store/store.ts';

/** What endpoints may call. */
export interface Services {
  readonly version: string;
  readonly config: Config;
  readonly store: Store;
  readonly drafts: DraftService;
  readonly comments: CommentService;
  readonly imports: ImportService;
  /** `imports/` in the data folder. */
  readonly importsFolder: string;
  readonly scheduler: Scheduler;
  readonly components: ComponentRegistry;
  readonly environmentRegistry: EnvironmentRegistry;
  readonly environments: EnvironmentBuilder;
  readonly artifacts: ArtifactStore;
  readonly previewer: Previewer;
  readonly data: DataFinder;
  readonly retention: Retention;
  readonly samples: readonly Sample[];
  /** `runs/` in the data folder. */
  readonly runsFolder: string;
  readonly catalog: string;
  /** `assets/` in the data folder. */
  readonly assetsFolder: string;
  /** `tracking/` in the data folder: what MLflow clients outside of steps have logged. */
  readonly trackingFolder: string;
  /** `uploads/` in the data folder: what the browser sent and nobody has registered yet. */
  readonly uploadsFolder: string;
  readonly metricNews: MetricNews;
  readonly clock: Clock;
  /** The name that marks drafts and runs: of whoever makes the request that is answered, else the one of the settings. */
  displayName(): Promise<string>;
}
