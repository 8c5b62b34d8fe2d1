import { IconHistory } from '@tabler/icons-react';
import { Tool } from '../../../canvas/canvas-tools.tsx';
import { useEditorState } from '../store/editor-context.tsx';
import { useShowHistory } from './use-history-commands.ts';

/** Beside undo and redo. */
export function HistoryTool() {
  const isOpen = useEditorState((state) => state.historyTab !== null);
  const show = useShowHistory();
  return (
    <Tool label={isOpen ? 'Close the history (H)' : 'Show the history (H)'} icon={IconHistory} isOn={isOpen} onClick={() => show(isOpen ? null : 'edits')} />
  );
}
