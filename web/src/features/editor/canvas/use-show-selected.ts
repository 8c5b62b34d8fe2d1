import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import { centerOn } from '../../../canvas/center-on.ts';
import type { StepNode } from '../../../canvas/flow-graph.ts';
import { nodeHeight, nodeWidth } from '../../../canvas/geometry.ts';
import { isTextField } from '../../../ui/commands/use-command-keys.ts';
import { useDerived, useEditorState } from '../store/editor-context.tsx';
import { selectStepInView } from '../store/selectors.ts';

const nearly = 8;

/** Brings a step into view when it gets selected from elsewhere, and the keyboard to it when that is in the canvas. */
export function useShowSelected(region: RefObject<HTMLElement | null>): void {
  const flow = useReactFlow<StepNode>();
  const step = useEditorState(selectStepInView);
  // What is selected already is shown again when somebody asks for it.
  const revealed = useEditorState((state) => state.revealedSteps);
  // A step of a pipeline that is only being unfolded is there a little later.
  const isDrawn = useDerived((derived) => step !== null && derived.drawn.has(step));
  useEffect(() => {
    const element = region.current;
    if (step === null || !isDrawn || !element) return;
    // A new step is in React Flow one turn later.
    const timer = setTimeout(() => {
      const node = flow.getNode(step);
      if (!node) return;
      const { x, y, zoom } = flow.getViewport();
      const [left, top] = [node.position.x * zoom + x, node.position.y * zoom + y];
      const isSeen =
        left >= -nearly &&
        top >= -nearly &&
        left + nodeWidth * zoom <= element.clientWidth + nearly &&
        top + nodeHeight * zoom <= element.clientHeight + nearly;
      // A frame is shown when it unfolds; it may well be larger than the window.
      if (!isSeen && node.data.frame === undefined)
        centerOn(flow, element, { x: node.position.x + nodeWidth / 2, y: node.position.y + nodeHeight / 2, zoom: Math.max(zoom, 0.5) });
      // Whoever types goes on typing: the search on the canvas selects at every letter.
      if (!element.contains(document.activeElement) || isTextField(document.activeElement)) return;
      element.querySelector<HTMLElement>(`[data-step="${CSS.escape(step)}"]`)?.focus({ preventScroll: true });
    });
    return () => clearTimeout(timer);
  }, [flow, region, step, isDrawn, revealed]);
}
