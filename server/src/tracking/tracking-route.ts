import type { Clock } from '../scheduler/effect-context.ts';
import type { MetricNews } from '../scheduler/metric-news.ts';
import type { TrackedRun, TrackingStore } from '../store/store.ts';

export interface TrackingParts {
  readonly tracking: TrackingStore;
  readonly clock: Clock;
  readonly news: MetricNews;
  /** Where the client of a run leaves artifacts and models: it writes there itself, since it runs on this machine. */
  readonly filesFolder: (run: TrackedRun) => string;
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
