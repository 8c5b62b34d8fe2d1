import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';

/** Brings several steps that are to be seen into view; one alone is shown because it gets selected. */
export function useShowRevealed(): void {
  const { store } = useEditor();
  const flow = useReactFlow();
  const steps = useEditorState((state) => state.revealedSteps);
  // A step of a pipeline that is only being unfolded is there a little later.
  const areDrawn = useDerived((derived) => steps?.every((step) => derived.drawn.has(step)) ?? false);
  useEffect(() => {
    if (steps === null || !areDrawn) return;
    // New steps are in React Flow one turn later.
    const timer = setTimeout(() => {
      if (steps.length > 1) void flow.fitView({ nodes: steps.map((id) => ({ id })), padding: 0.3, maxZoom: 1, duration: 200 });
      store.getState().forgetRevealed();
    });
    return () => clearTimeout(timer);
  }, [flow, store, steps, areDrawn]);
}
