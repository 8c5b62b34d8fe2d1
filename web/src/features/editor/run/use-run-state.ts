import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { messageOf } from '../../../api/api-error.ts';
import { runQuery, useCloneRun } from '../../../api/runs.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { offerUndo } from '../commands/offer-undo.ts';
import { runStateOps } from '../model/run-state-ops.ts';
import { useEditor } from '../store/editor-context.tsx';

/** Makes the draft what a run was pinned to, as one edit that can be undone; then the run is shown, whose results fit again. */
export function useBringBack(show: (run: string) => void): (run: string) => Promise<void> {
  const { store } = useEditor();
  const client = useQueryClient();
  return async (id) => {
    try {
      const { snapshot } = await client.fetchQuery(runQuery(id));
      const { content, edit } = store.getState();
      const diff = runStateOps(content, snapshot);
      const edited = diff.ok ? edit(diff.ops, { label: `Bring back the state of run ${id}` }) : diff;
      if (!edited.ok) return showToast({ text: `Not brought back: ${edited.message}` });
      show(id);
      if (!diff.ok || diff.ops.length === 0) return announce(`The draft is as run ${id} had it`);
      announce(`Brought back the state of run ${id}`);
      offerUndo(store, `Brought back the state of run ${id}`);
    } catch (error) {
      showToast({ text: `Not brought back: ${messageOf(error)}` });
    }
  };
}

/** A draft of its own of what a run has run, opened with that run on its canvas. */
export function useCloneOfRun(): (run: string) => void {
  const clone = useCloneRun();
  const navigate = useNavigate();
  return (run) =>
    clone.mutate(run, {
      onSuccess: (draft) => void navigate(`/drafts/${draft.id}?show=${run}`),
      onError: (error) => showToast({ text: `Not cloned: ${messageOf(error)}` }),
    });
}
