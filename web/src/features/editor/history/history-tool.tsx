import { IconHistory } from '@tabler/icons-react';
import { Tool } from '../../../canvas/canvas-tools.tsx';
import { useNameWithKeys } from '../../../ui/commands/use-listed-commands.ts';
import { useEditorState } from '../store/editor-context.tsx';
import { useShowHistory } from './use-history-commands.ts';

/** Beside undo and redo. */
export function HistoryTool() {
  const isOpen = useEditorState((state) => state.historyTab !== null);
  const show = useShowHistory();
  const label = useNameWithKeys(isOpen ? 'Close the history' : 'Show the history', 'editor.history');
  return <Tool label={label} icon={IconHistory} isOn={isOpen} onClick={() => show(isOpen ? null : 'edits')} />;
}
