import { useCallback } from 'react';
import { useIsNarrow } from '../../../ui/panels/use-is-narrow.ts';
import { usePreferences } from '../../../ui/preferences.ts';
import { useEditor } from '../store/editor-context.tsx';

/** Opens the outline, where there is room for it, with the keyboard in it. */
export function useShowOutline(): () => void {
  const { store } = useEditor();
  const isNarrow = useIsNarrow();
  const setPanelCollapsed = usePreferences((state) => state.setPanelCollapsed);
  return useCallback(() => {
    if (isNarrow) return store.getState().open({ kind: 'outline' });
    setPanelCollapsed('palette', false);
    store.getState().setPaletteTab('outline');
    // It is on the page one turn later.
    setTimeout(() => document.querySelector<HTMLElement>('[data-outline][tabindex="0"]')?.focus());
  }, [isNarrow, setPanelCollapsed, store]);
}
