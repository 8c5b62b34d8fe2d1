import { useCommands } from '../../../ui/commands/use-commands.ts';
import { useEditorState } from '../store/editor-context.tsx';
import { selectCanRedo, selectCanUndo, selectSelectedCount, selectStepCount } from '../store/selectors.ts';
import { useEditorActions } from './use-editor-actions.ts';

/** The canvas has the keyboard, or nothing has: a press in a panel belongs to the panel. */
export function isOnCanvas(target: EventTarget | null): boolean {
  if (!(target instanceof Element) || target === document.body) return true;
  return target.closest('[data-canvas]') !== null;
}

/** Never by keys here: the clipboard's own events do it (`use-clipboard.ts`), because only they may read it unasked. */
const nowhere = (): boolean => false;

/** Every command of the canvas: in the palette, on its keys, in the sheet of shortcuts. */
export function useEditorCommands(): void {
  const actions = useEditorActions();
  const canUndo = useEditorState(selectCanUndo);
  const canRedo = useEditorState(selectCanRedo);
  const selectedCount = useEditorState(selectSelectedCount);
  const edgeCount = useEditorState((state) => state.selectedEdges.size);
  const stepCount = useEditorState(selectStepCount);
  const isEditable = useEditorState((state) => !state.isReadOnly);
  const group = 'Canvas';
  const has = selectedCount > 0;
  const hasOne = selectedCount === 1;
  const steps = selectedCount === 1 ? 'the step' : `${selectedCount} steps`;
  const clipboard = (text: string): void => void navigator.clipboard.writeText(text);
  useCommands('editor', [
    { id: 'editor.undo', title: 'Undo', group, keys: 'Ctrl+Z', isEnabled: canUndo, run: actions.undo },
    { id: 'editor.redo', title: 'Redo', group, keys: 'Ctrl+Shift+Z', otherKeys: ['Ctrl+Y'], isEnabled: canRedo, run: actions.redo },
    {
      id: 'editor.add',
      title: 'Add a step…',
      group,
      keys: 'Tab',
      keywords: 'quick add component insert',
      keysWorkAt: nowhere,
      isEnabled: isEditable,
      run: actions.quickAdd,
    },
    {
      id: 'editor.connect',
      title: 'Connect the step to…',
      group,
      keys: 'C',
      keywords: 'wire edge',
      isEnabled: isEditable && hasOne,
      keysWorkAt: isOnCanvas,
      run: actions.connect,
    },
    {
      id: 'editor.inspect',
      title: 'Edit the parameters of the step',
      group,
      keys: 'Enter',
      isEnabled: hasOne,
      keysWorkAt: isOnCanvas,
      run: actions.openInspector,
    },
    { id: 'editor.rename', title: 'Rename the step', group, keys: 'F2', isEnabled: isEditable && hasOne, run: actions.rename },
    {
      id: 'editor.delete',
      title: has || edgeCount === 0 ? `Delete ${steps}` : 'Remove the connection',
      group,
      keys: 'Delete',
      otherKeys: ['Backspace'],
      isEnabled: isEditable && (has || edgeCount > 0),
      keysWorkAt: isOnCanvas,
      run: actions.deleteSelected,
    },
    { id: 'editor.copy', title: `Copy ${steps}`, group, keys: 'Ctrl+C', isEnabled: has, keysWorkAt: nowhere, run: () => clipboard(actions.copy()) },
    {
      id: 'editor.paste',
      title: 'Paste steps',
      group,
      keys: 'Ctrl+V',
      isEnabled: isEditable,
      keysWorkAt: nowhere,
      run: () => void pasteFromClipboard(actions.paste),
    },
    {
      id: 'editor.duplicate',
      title: `Duplicate ${steps}`,
      group,
      keys: 'Ctrl+D',
      isEnabled: isEditable && has,
      keysWorkAt: isOnCanvas,
      run: actions.duplicate,
    },
    { id: 'editor.select-all', title: 'Select all steps', group, keys: 'Ctrl+A', isEnabled: stepCount > 0, keysWorkAt: isOnCanvas, run: actions.selectAll },
    { id: 'editor.escape', title: 'Close or deselect', group, keys: 'Escape', keysWorkAt: isOnCanvas, run: actions.escape },
    { id: 'editor.find', title: 'Find a step…', group, keys: 'Ctrl+F', isEnabled: stepCount > 0, run: actions.find },
    {
      id: 'editor.tidy',
      title: 'Tidy the layout',
      group,
      keys: 'Ctrl+Shift+L',
      keywords: 'arrange auto layout',
      isEnabled: isEditable && stepCount > 1,
      run: actions.tidy,
    },
    { id: 'editor.fit', title: 'Fit the pipeline in the window', group: 'View', keys: '1', isEnabled: stepCount > 0, run: actions.fit },
    { id: 'editor.zoom-selection', title: 'Zoom to the selection', group: 'View', keys: '2', isEnabled: has, run: actions.zoomToSelection },
    { id: 'editor.zoom-actual', title: 'Zoom to 100 %', group: 'View', keys: '0', run: actions.zoomToActualSize },
  ]);
}

async function pasteFromClipboard(paste: ReturnType<typeof useEditorActions>['paste']): Promise<void> {
  paste(await navigator.clipboard.readText(), { at: null, keepsIncoming: false });
}
