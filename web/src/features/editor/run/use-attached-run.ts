import { useCallback, useEffect } from 'react';
import { useLiveRun } from '../../../realtime/use-live-run.ts';
import { useRunAnnouncements } from '../../../realtime/use-run-announcements.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { useRunsOfDraft } from './use-runs-of-draft.ts';

/**
 * Keeps the run that the designer shows: the draft's newest when it opens, and each newer one, wherever it was started.
 * Used once; everybody else reads the run's store.
 */
export function useAttachedRun(): void {
  const { draftId, store, derived } = useEditor();
  const runId = useEditorState((state) => state.attachedRun);
  const { data: run } = useLiveRun(runId);
  useEffect(() => {
    derived.getState().setRunDocument(run && run.id === runId ? run.snapshot.document : null);
  }, [derived, run, runId]);
  useRunsOfDraft(
    draftId,
    useCallback(
      (id) => {
        const { attachedRun, dismissedRun, attachRun } = store.getState();
        if (Number(id) > Number(attachedRun ?? 0) && id !== dismissedRun) attachRun(id);
      },
      [store],
    ),
  );
  useRunAnnouncements(runId, titleOfStep(derived));
}

const titles = new WeakMap<object, (step: string) => string>();

/** The same function for the same draft, so that announcements are subscribed once. */
function titleOfStep(derived: ReturnType<typeof useEditor>['derived']): (step: string) => string {
  const known = titles.get(derived);
  if (known) return known;
  const titleOf = (step: string): string => derived.getState().drawn.get(step)?.title ?? step;
  titles.set(derived, titleOf);
  return titleOf;
}
