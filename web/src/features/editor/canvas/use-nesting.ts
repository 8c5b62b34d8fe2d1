import { useEffect, useMemo, useRef } from 'react';
import { useNavigate } from 'react-router';
import type { Nesting } from '../../../canvas/step-facts.ts';
import { useUnfolded } from '../../../canvas/unfolded-store.ts';
import { insideHref } from '../inside-href.ts';
import { useEditor } from '../store/editor-context.tsx';

/** What can be done with steps that are pipelines; the same functions for as long as the draft is open. */
export function useNesting(): Nesting {
  const { store, draftId } = useEditor();
  const { fold, toggle } = useUnfolded(unfoldedIn(draftId));
  const navigate = useNavigate();
  const go = useRef(navigate);
  useEffect(() => {
    go.current = navigate;
  });
  return useMemo(
    () => ({
      toggle: (step) => {
        const { selectedSteps, select, unfolded } = store.getState();
        const isHidden = unfolded.has(step) && [...selectedSteps].some((key) => key.startsWith(`${step}/`));
        // A step that would be hidden gives the selection to what hides it.
        if (isHidden || selectedSteps.size === 0) select({ steps: [step] });
        toggle(step);
      },
      open: (step) => {
        // What is shown by itself is not shown in its place as well.
        fold(step);
        void go.current(insideHref(draftId, step));
      },
    }),
    [store, draftId, fold, toggle],
  );
}

/** The name of a draft's graph among all in which something lies unfolded. */
export const unfoldedIn = (draftId: string): string => `draft ${draftId}`;
