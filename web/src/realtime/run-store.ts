import type { Run } from '@pipewright/shared/http/runs.ts';
import type { RunSummary, StoredRunEvent } from '@pipewright/shared/run/run.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** What a run is now. Apart from documents and nodes, so that a status wakes one node and nothing else. */
interface RunView {
  readonly summary: RunSummary | null;
  readonly steps: Readonly<Record<string, StepRun>>;
}
export type RunStore = StoreApi<RunView>;

const emptyView: RunView = { summary: null, steps: {} };
const noRun: RunStore = createStore<RunView>()(() => emptyView);
const stores = new Map<string, RunStore>();

/** The store of a run; the same one for everybody who asks while somebody watches it. */
export function runStoreOf(runId: string | null): RunStore {
  if (runId === null) return noRun;
  const known = stores.get(runId);
  if (known) return known;
  const store = createStore<RunView>()(() => emptyView);
  stores.set(runId, store);
  return store;
}

/** Forgets a run that nobody looks at any more. */
export function dropRunStore(runId: string): void {
  stores.delete(runId);
}

/** Takes over a run as it was fetched, unless newer facts are known already. */
export function seedRun(store: RunStore, run: Run): void {
  const known = store.getState().summary;
  if (known && known.lastSeq >= run.lastSeq) return;
  const { snapshot: _, steps, inputs: __, ...summary } = run;
  store.setState({ summary, steps: Object.fromEntries(steps.map((step) => [step.key, step])) });
}

/** Applies a batch with one set: a thousand changes wake each listener once. */
export function applyRunEvents(store: RunStore, events: readonly StoredRunEvent[]): void {
  store.setState((view) => {
    const steps: Record<string, StepRun> = { ...view.steps };
    let { summary } = view;
    for (const { changes } of events) {
      summary = changes.run;
      for (const step of changes.steps) steps[step.key] = step;
    }
    return { summary, steps };
  });
}

/** One step of a run; undefined when there is no run, or the step is not in it. */
export function useStepRun(runId: string | null, key: string): StepRun | undefined {
  return useStore(runStoreOf(runId), (view) => view.steps[key]);
}

export function useRunSummary(runId: string | null): RunSummary | null {
  return useStore(runStoreOf(runId), (view) => view.summary);
}
