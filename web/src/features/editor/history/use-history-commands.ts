import { useCommands } from '../../../ui/commands/use-commands.ts';
import { usePreferences } from '../../../ui/preferences.ts';
import { isOnCanvas } from '../commands/is-on-canvas.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import type { HistoryTab } from '../store/history-slice.ts';

/** Opens the history in the place of the inspector, also where that is folded away; closes it when it is open. */
export function useShowHistory(): (tab: HistoryTab | null) => void {
  const { store } = useEditor();
  const setPanelCollapsed = usePreferences((state) => state.setPanelCollapsed);
  return (tab) => {
    if (tab !== null) setPanelCollapsed('inspector', false);
    store.getState().showHistory(tab);
  };
}

/** On the canvas. */
export function useHistoryCommands(): void {
  const isOpen = useEditorState((state) => state.historyTab !== null);
  const show = useShowHistory();
  useCommands('editor.history', [
    {
      id: 'editor.history',
      title: isOpen ? 'Close the history' : 'Show the history of edits',
      group: 'Canvas',
      keys: 'H',
      keywords: 'undo redo list back',
      keysWorkAt: isOnCanvas,
      run: () => show(isOpen ? null : 'edits'),
    },
    {
      id: 'editor.versions',
      title: 'Show the versions of the draft',
      group: 'Pipeline',
      keywords: 'checkpoint restore history published',
      run: () => show('versions'),
    },
    {
      id: 'editor.activity',
      title: 'Show the activity of the draft',
      group: 'Pipeline',
      keywords: 'who edited what when log',
      run: () => show('activity'),
    },
  ]);
}

/** In every look at the draft. */
export function useSaveVersionCommand(): void {
  const { store } = useEditor();
  useCommands('editor.save', [
    {
      id: 'editor.save-version',
      title: 'Save a version…',
      group: 'Pipeline',
      keys: 'Ctrl+S',
      // The browser would save the page.
      worksInText: true,
      keywords: 'checkpoint keep name',
      run: () => store.getState().open({ kind: 'save-version' }),
    },
  ]);
}
