import { useCallback } from 'react';
import { flushSync } from 'react-dom';
import { usePreferences } from '../../../ui/preferences.ts';
import { useEditor } from '../store/editor-context.tsx';

/** Opens the comments in the place of the inspector, also where that is folded away, with the keyboard where something new is said. */
export function useShowComments(): () => void {
  const { store } = useEditor();
  return useCallback(() => {
    flushSync(() => {
      usePreferences.getState().setPanelCollapsed('inspector', false);
      store.getState().showComments(true);
    });
    document.querySelector<HTMLElement>('[data-comment-composer] textarea')?.focus();
  }, [store]);
}
