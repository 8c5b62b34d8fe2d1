import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { Clock } from '../scheduler/effect-context.ts';
import type { MetricNews } from '../scheduler/metric-news.ts';
import type { Store } from '../store/store.ts';
import type { TrackedRun } from '../store/tracking-store.ts';

export interface TrackingParts {
  readonly store: Pick<Store, 'experiments' | 'tracking' | 'loggedModels' | 'modelNotes' | 'assets'>;
  readonly artifacts: ArtifactStore;
  readonly clock: Clock;
  readonly news: MetricNews;
  readonly runsFolder: string;
  /** What clients outside of steps have logged: `tracking/` in the data folder. */
  readonly trackingFolder: string;
}

export interface TrackingCall {
  readonly parts: TrackingParts;
  /** Query or body, with what the path named. */
  readonly input: unknown;
  /** The run of the attempt that calls; undefined for a client outside of steps. */
  readonly caller: TrackedRun | undefined;
}

export interface TrackingRoute {
  readonly method: 'get' | 'post' | 'patch' | 'delete' | 'all';
  /** After `/mlflow/`. */
  readonly path: string;
  readonly handle: (call: TrackingCall) => Promise<unknown>;
}
