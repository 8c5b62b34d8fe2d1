import { IconArrowBackUp, IconArrowForwardUp, IconFrame, IconLayoutDistributeVertical, IconNote, IconPlus, IconSearch } from '@tabler/icons-react';
import { Panel } from '@xyflow/react';
import { memo } from 'react';
import { Tool } from '../../../canvas/canvas-tools.tsx';
import { useNameWithKeys } from '../../../ui/commands/use-listed-commands.ts';
import { CommentsTool } from '../comments/comments-tool.tsx';
import { HistoryTool } from '../history/history-tool.tsx';
import { groupSelected } from '../paper/paper-acts.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { selectCanRedo, selectCanUndo, selectSelectedCount } from '../store/selectors.ts';
import { useEditorActions } from '../commands/use-editor-actions.ts';
import classes from './editor-canvas.module.css';

/** What is done to the graph as a whole, at the top left of the canvas. */
export const CanvasToolbar = memo(function CanvasToolbar() {
  const actions = useEditorActions();
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const editor = useEditor();
  const hasSteps = useEditorState((state) => selectSelectedCount(state) > 0);
  return (
    <Panel position="top-left" className={classes.toolbar} role="toolbar" aria-label="Canvas tools">
      <UndoTools />
      <HistoryTool />
      <CommentsTool />
      <span className={classes.separator} />
      <Tool label={useNameWithKeys('Add a step', 'editor.add')} icon={IconPlus} isDisabled={isReadOnly} onClick={actions.quickAdd} />
      <Tool label={useNameWithKeys('Add a note', 'editor.add-note')} icon={IconNote} isDisabled={isReadOnly} onClick={actions.addNote} />
      <Tool
        label={useNameWithKeys(hasSteps ? 'Group the selected steps' : 'Group steps: select some first', 'editor.group')}
        icon={IconFrame}
        isDisabled={isReadOnly || !hasSteps}
        onClick={() => groupSelected(editor)}
      />
      <Tool label={useNameWithKeys('Tidy the layout', 'editor.tidy')} icon={IconLayoutDistributeVertical} isDisabled={isReadOnly} onClick={actions.tidy} />
      <span className={classes.separator} />
      <Tool label={useNameWithKeys('Find on the canvas', 'editor.find')} icon={IconSearch} onClick={actions.find} />
    </Panel>
  );
});

/** Their names change with every edit, the others' do not. */
function UndoTools() {
  const actions = useEditorActions();
  const canUndo = useEditorState(selectCanUndo);
  const canRedo = useEditorState(selectCanRedo);
  const next = useEditorState((state) => state.undoEntries.at(-1)?.label);
  return (
    <>
      <Tool
        label={useNameWithKeys(next === undefined ? 'Undo' : `Undo: ${next}`, 'editor.undo')}
        icon={IconArrowBackUp}
        isDisabled={!canUndo}
        onClick={actions.undo}
      />
      <Tool label={useNameWithKeys('Redo', 'editor.redo')} icon={IconArrowForwardUp} isDisabled={!canRedo} onClick={actions.redo} />
    </>
  );
}
