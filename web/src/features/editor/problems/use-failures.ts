import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { runStoreOf } from '../../../realtime/run-store.ts';
import type { Failure } from '../model/listed-problems.ts';
import { useDerived, useEditorState } from '../store/editor-context.tsx';

const nothingFailed: readonly Failure[] = [];

/** The steps that failed in the attached run and were not edited since: an edit is on the way to mending them. */
export function useFailures(): readonly Failure[] {
  const runId = useEditorState((state) => state.attachedRun);
  const changes = useDerived((derived) => derived.changes);
  const failed = useStore(
    runStoreOf(runId),
    useShallow((view) =>
      Object.values(view.steps).flatMap((step) => (step.status === 'failed' || step.status === 'timed-out' || step.status === 'lost' ? [step] : [])),
    ),
  );
  const views = useDerived((derived) => (failed.length === 0 ? null : derived.views));
  if (views === null) return nothingFailed;
  const outermost = (key: string): string => key.split('/')[0] ?? key;
  // A step inside others is called by its whole key.
  const titleOf = (key: string): string => views.get(key)?.title ?? key;
  return failed
    .filter(({ key }) => views.has(outermost(key)) && !changes.has(outermost(key)))
    .map(({ key, failure }) => ({ step: key, message: `${titleOf(key)} failed: ${failure.firstError ?? failure.message}` }));
}
