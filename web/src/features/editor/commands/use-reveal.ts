import { useCallback } from 'react';
import { pipelinesAround, useUnfolded } from '../../../canvas/unfolded-store.ts';
import { useSetQuery } from '../../../ui/page/use-query-param.ts';
import { unfoldedIn } from '../canvas/use-nesting.ts';
import { useEditor } from '../store/editor-context.tsx';

/** Selects steps from anywhere in the designer and brings them into view, on the canvas; what is inside a pipeline is unfolded for it. */
export function useReveal(): (steps: readonly string[]) => void {
  const { store, draftId } = useEditor();
  const { unfold } = useUnfolded(unfoldedIn(draftId));
  const setQuery = useSetQuery();
  return useCallback(
    (steps: readonly string[]) => {
      setQuery({ view: '', compare: '' });
      for (const step of steps) unfold(pipelinesAround(step));
      store.getState().reveal(steps);
    },
    [store, unfold, setQuery],
  );
}
