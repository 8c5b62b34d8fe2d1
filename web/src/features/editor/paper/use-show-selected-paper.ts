import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import { isTextField } from '../../../ui/commands/use-command-keys.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { boxOfSelection } from './held.ts';

/** Brings a group, or a note, into view when it alone gets selected from elsewhere, and the keyboard to it when that is in the canvas. */
export function useShowSelectedPaper(region: RefObject<HTMLElement | null>): void {
  const editor = useEditor();
  const flow = useReactFlow();
  const sole = useEditorState(({ selectedSteps, selectedNotes, selectedGroups }) => {
    if (selectedSteps.size > 0 || selectedNotes.size + selectedGroups.size !== 1) return null;
    const [note] = selectedNotes;
    return note === undefined ? `[data-group="${CSS.escape([...selectedGroups][0] ?? '')}"]` : `[data-note="${CSS.escape(note)}"]`;
  });
  // Collapsed and expanded it is another element.
  const isCollapsed = useEditorState(({ collapsedGroups, selectedGroups }) => [...selectedGroups].some((id) => collapsedGroups.has(id)));
  useEffect(() => {
    const element = region.current;
    if (sole === null || !element) return;
    // What is new is drawn one turn later.
    const timer = setTimeout(() => {
      const box = boxOfSelection(editor);
      const { x, y, zoom } = flow.getViewport();
      const isSeen =
        box !== null &&
        (box.x + box.width) * zoom + x > 0 &&
        (box.y + box.height) * zoom + y > 0 &&
        box.x * zoom + x < element.clientWidth &&
        box.y * zoom + y < element.clientHeight;
      if (box && !isSeen) void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom: Math.max(zoom, 0.5), duration: 160 });
      if (!element.contains(document.activeElement) || isTextField(document.activeElement)) return;
      element.querySelector<HTMLElement>(sole)?.focus({ preventScroll: true });
    });
    return () => clearTimeout(timer);
  }, [editor, flow, region, sole, isCollapsed]);
}
