import { type RefObject, useEffect } from 'react';
import { useEditor, useEditorState } from '../store/editor-context.tsx';

const controls = 'input:not([type="hidden"]), textarea, [contenteditable="true"], button, [tabindex="0"]';

/** Puts the keyboard into a field when something elsewhere asks for it: a problem that is gone to, say. */
export function useFocusField(row: RefObject<HTMLElement | null>, step: string | null, name: string): void {
  const { store } = useEditor();
  const isWanted = useIsFieldShown(step, (shown) => shown === name);
  useEffect(() => {
    const element = row.current;
    if (!isWanted || !element) return;
    element.scrollIntoView({ block: 'nearest' });
    element.querySelector<HTMLElement>(controls)?.focus();
    store.getState().showField(null);
  }, [isWanted, row, store]);
}

/** Whether a field of this step (null: of the pipeline) is asked for: what holds it opens. */
export function useIsFieldShown(step: string | null, isIt: (name: string) => boolean): boolean {
  return useEditorState(({ shownField }) => shownField !== null && shownField.step === step && isIt(shownField.name));
}
