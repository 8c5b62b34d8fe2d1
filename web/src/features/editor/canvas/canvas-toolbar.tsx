import { IconArrowBackUp, IconArrowForwardUp, IconLayoutDistributeVertical, IconPlus, IconSearch } from '@tabler/icons-react';
import { Panel } from '@xyflow/react';
import { Tool } from '../../../canvas/canvas-tools.tsx';
import { HistoryTool } from '../history/history-tool.tsx';
import { useEditorState } from '../store/editor-context.tsx';
import { selectCanRedo, selectCanUndo } from '../store/selectors.ts';
import { useEditorActions } from '../commands/use-editor-actions.ts';
import classes from './editor-canvas.module.css';

/** What is done to the graph as a whole, at the top left of the canvas. */
export function CanvasToolbar() {
  const actions = useEditorActions();
  const canUndo = useEditorState(selectCanUndo);
  const canRedo = useEditorState(selectCanRedo);
  const next = useEditorState((state) => state.undoEntries.at(-1)?.label);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  return (
    <Panel position="top-left" className={classes.toolbar} role="toolbar" aria-label="Canvas tools">
      <Tool label={next === undefined ? 'Undo (Ctrl Z)' : `Undo: ${next} (Ctrl Z)`} icon={IconArrowBackUp} isDisabled={!canUndo} onClick={actions.undo} />
      <Tool label="Redo (Ctrl Shift Z)" icon={IconArrowForwardUp} isDisabled={!canRedo} onClick={actions.redo} />
      <HistoryTool />
      <span className={classes.separator} />
      <Tool label="Add a step (Tab)" icon={IconPlus} isDisabled={isReadOnly} onClick={actions.quickAdd} />
      <Tool label="Tidy the layout (Ctrl Shift L)" icon={IconLayoutDistributeVertical} isDisabled={isReadOnly} onClick={actions.tidy} />
      <span className={classes.separator} />
      <Tool label="Find on the canvas (Ctrl F)" icon={IconSearch} onClick={actions.find} />
    </Panel>
  );
}
