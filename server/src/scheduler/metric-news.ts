import type { RunId } from '@pipewright/shared/ids.ts';

/** A step has logged metrics. */
export interface MetricsLogged {
  readonly runId: RunId;
  readonly step: string;
}

/** Tells those who wait for metrics that some have come; what they are is in the store. */
export class MetricNews {
  readonly #listeners = new Set<(news: MetricsLogged) => void>();

  tell(news: MetricsLogged): void {
    for (const listener of this.#listeners) listener(news);
  }

  listen(listener: (news: MetricsLogged) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
