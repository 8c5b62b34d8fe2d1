import type { Command } from '../../../ui/commands/command.ts';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { useCommands } from '../../../ui/commands/use-commands.ts';
import { type QuickAddKey, usePreferences } from '../../../ui/preferences.ts';
import { pipelinesAround } from '../../../canvas/unfolded-store.ts';
import { useNesting } from '../canvas/use-nesting.ts';
import { useCodeCommands } from '../code/use-code-commands.ts';
import { useShowOutline } from '../outline/use-show-outline.ts';
import { useSubPipelineCommands } from '../nesting/use-sub-pipeline-commands.ts';
import { useAsideCommands } from '../aside/use-aside-commands.ts';
import { countsOf, stepsMeant } from '../paper/counts-of.ts';
import { usePaperCommands } from '../paper/use-paper-commands.ts';
import { useDerived, useEditorState } from '../store/editor-context.tsx';
import { selectCanRedo, selectCanUndo, selectSelectedCount, selectStepCount, selectStepInView } from '../store/selectors.ts';
import type { EditorActions } from './editor-actions.ts';
import { isOnCanvas } from './is-on-canvas.ts';
import { useLayoutCommands } from './use-layout-commands.ts';
import { useStepThings } from './use-step-things.ts';
import { useEditorActions } from './use-editor-actions.ts';

/** Never by keys here: the clipboard's own events do it (`use-clipboard.ts`), because only they may read it unasked. */
const byClipboard = { keysWorkAt: (): boolean => false, areKeysFixed: true } as const;

/** Every command of the canvas: in the palette, on its keys, in the sheet of shortcuts. */
export function useEditorCommands(): void {
  const actions = useEditorActions();
  const standing: Standing = {
    canUndo: useEditorState(selectCanUndo),
    canRedo: useEditorState(selectCanRedo),
    stepCount: useEditorState(selectStepCount),
    selectedSteps: useEditorState(selectSelectedCount),
    selectedEdges: useEditorState((state) => state.selectedEdges.size),
    selectedNotes: useEditorState((state) => state.selectedNotes.size),
    selectedGroups: useEditorState((state) => state.selectedGroups.size),
    isEditable: useEditorState((state) => !state.isReadOnly),
    quickAddKey: usePreferences((state) => state.quickAddKey),
  };
  useCommands('editor', [
    ...useNestingCommands(),
    ...useSubPipelineCommands(),
    ...useCodeCommands(),
    { id: 'editor.outline', group: 'View', title: 'Show the outline', keys: 'Ctrl+Shift+O', keywords: 'tree steps list', run: useShowOutline() },
    ...historyCommands(actions, standing),
    ...stepCommands(actions, standing),
    ...graphCommands(actions, standing),
  ]);
  useLayoutCommands();
  useStepThings();
  usePaperCommands();
  useAsideCommands();
}

/** For the selected step, if it is a pipeline, and for the pipeline that it is in. */
function useNestingCommands(): Command[] {
  const nesting = useNesting();
  const step = useEditorState(selectStepInView);
  const isPipeline = useDerived((derived) => step !== null && (derived.drawn.get(step)?.isPipeline ?? false));
  const pipeline = isPipeline ? step : pipelinesAround(step ?? '').at(-1);
  const isUnfolded = useEditorState((state) => typeof pipeline === 'string' && state.unfolded.has(pipeline));
  const isEnabled = typeof pipeline === 'string';
  return [
    {
      ...onCanvas,
      id: 'editor.open-pipeline',
      title: 'Open the pipeline that the step is',
      keys: 'O',
      keywords: 'nested inside',
      isEnabled: isPipeline,
      run: () => isEnabled && nesting.open(pipeline),
    },
    {
      ...onCanvas,
      id: 'editor.unfold-pipeline',
      title: isUnfolded ? 'Fold the pipeline' : 'Unfold the pipeline in its place',
      keys: 'E',
      keywords: 'nested expand collapse inline',
      isEnabled,
      run: () => isEnabled && nesting.toggle(pipeline),
    },
  ];
}

/** What decides which commands make sense now. */
interface Standing {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly stepCount: number;
  readonly selectedSteps: number;
  readonly selectedEdges: number;
  readonly selectedNotes: number;
  readonly selectedGroups: number;
  readonly isEditable: boolean;
  readonly quickAddKey: QuickAddKey;
}

const canvas = { group: 'Canvas' } as const;
/** The key belongs to the canvas: elsewhere it means what it means there. */
const onCanvas = { ...canvas, keysWorkAt: isOnCanvas } as const;

function historyCommands(actions: EditorActions, { canUndo, canRedo }: Standing): Command[] {
  return [
    { ...canvas, id: 'editor.undo', title: 'Undo', keys: 'Ctrl+Z', isEnabled: canUndo, run: actions.undo },
    { ...canvas, id: 'editor.redo', title: 'Redo', keys: 'Ctrl+Shift+Z', otherKeys: ['Ctrl+Y'], isEnabled: canRedo, run: actions.redo },
  ];
}

function stepCommands(actions: EditorActions, { selectedSteps, selectedEdges, selectedNotes, selectedGroups, isEditable }: Standing): Command[] {
  const has = selectedSteps > 0;
  const isOneEditable = isEditable && selectedSteps === 1;
  const hasMore = has || selectedNotes > 0 || selectedGroups > 0;
  const steps = stepsMeant(selectedSteps);
  const all = selectedNotes + selectedGroups === 0 ? steps : countsOf({ steps: selectedSteps, notes: selectedNotes, groups: selectedGroups });
  const deleteTitle = hasMore || selectedEdges === 0 ? `Delete ${all}` : 'Remove the connection';
  const copy = (): void => void navigator.clipboard.writeText(actions.copy());
  return [
    { ...onCanvas, id: 'editor.connect', title: 'Connect the step to…', keys: 'C', keywords: 'wire edge', isEnabled: isOneEditable, run: actions.connect },
    { ...onCanvas, id: 'editor.inspect', title: 'Edit the parameters of the step', keys: 'Enter', isEnabled: selectedSteps === 1, run: actions.openInspector },
    {
      ...canvas,
      id: 'editor.rename',
      title: selectedGroups === 1 && !has ? 'Rename the group' : 'Rename the step',
      keys: 'F2',
      isEnabled: isOneEditable || (isEditable && selectedGroups === 1 && !has),
      run: actions.rename,
    },
    {
      ...onCanvas,
      id: 'editor.delete',
      title: deleteTitle,
      keys: 'Delete',
      otherKeys: ['Backspace'],
      isEnabled: isEditable && (hasMore || selectedEdges > 0),
      run: actions.deleteSelected,
    },
    {
      ...onCanvas,
      id: 'editor.delete-rejoin',
      title: `Delete ${steps} and rejoin what was around`,
      keys: 'Ctrl+Delete',
      otherKeys: ['Ctrl+Backspace'],
      keywords: 'bridge dissolve reconnect remove',
      isEnabled: isEditable && has,
      run: actions.deleteAndRejoin,
    },
    { ...canvas, id: 'editor.copy', title: `Copy ${all}`, keys: 'Ctrl+C', ...byClipboard, isEnabled: hasMore, run: copy },
    {
      ...canvas,
      id: 'editor.cut',
      title: `Cut ${all}`,
      keys: 'Ctrl+X',
      ...byClipboard,
      isEnabled: isEditable && hasMore,
      run: () => {
        copy();
        actions.deleteCopied();
      },
    },
    {
      ...canvas,
      id: 'editor.paste',
      title: 'Paste steps, or YAML',
      keys: 'Ctrl+V',
      ...byClipboard,
      isEnabled: isEditable,
      run: () => void pasteFromClipboard(actions, false),
    },
    {
      ...canvas,
      id: 'editor.paste-wired',
      title: 'Paste steps that keep what they read',
      keys: 'Ctrl+Shift+V',
      ...byClipboard,
      keywords: 'incoming wires connections',
      isEnabled: isEditable,
      run: () => void pasteFromClipboard(actions, true),
    },
    { ...onCanvas, id: 'editor.duplicate', title: `Duplicate ${all}`, keys: 'Ctrl+D', isEnabled: isEditable && hasMore, run: actions.duplicate },
    { ...onCanvas, id: 'editor.escape', title: 'Close or deselect', keys: 'Escape', areKeysFixed: true, run: actions.escape },
    { id: 'editor.zoom-selection', group: 'View', title: 'Zoom to the selection', keys: '2', isEnabled: hasMore, run: actions.zoomToSelection },
  ];
}

function graphCommands(actions: EditorActions, { stepCount, selectedSteps, isEditable, quickAddKey }: Standing): Command[] {
  const has = stepCount > 0;
  return [
    {
      ...canvas,
      id: 'editor.add',
      title: 'Add a step…',
      keys: quickAddKey === 'space' ? 'Space' : 'Tab',
      keywords: 'quick add component insert',
      // The canvas listens itself (`use-canvas-keys.ts`), for what the settings say.
      keysWorkAt: () => false,
      areKeysFixed: true,
      isEnabled: isEditable,
      run: actions.quickAdd,
    },
    { ...onCanvas, id: 'editor.select-all', title: 'Select everything', keys: 'Ctrl+A', isEnabled: has, run: actions.selectAll },
    { ...canvas, id: 'editor.find', title: 'Find on the canvas…', keys: 'Ctrl+F', keywords: 'search step parameter note', isEnabled: has, run: actions.find },
    {
      ...canvas,
      id: 'editor.tidy',
      title: selectedSteps > 1 ? `Tidy the layout of ${selectedSteps} steps` : 'Tidy the layout',
      keys: 'Ctrl+Shift+L',
      keywords: 'arrange auto layout',
      isEnabled: isEditable && stepCount > 1,
      run: actions.tidy,
    },
    { id: 'editor.fit', group: 'View', title: 'Fit the pipeline in the window', keys: '1', isEnabled: has, run: actions.fit },
    { id: 'editor.zoom-actual', group: 'View', title: 'Zoom to 100 %', keys: '0', run: actions.zoomToActualSize },
  ];
}

async function pasteFromClipboard({ paste }: EditorActions, keepsIncoming: boolean): Promise<void> {
  try {
    paste(await navigator.clipboard.readText(), { at: null, keepsIncoming });
  } catch {
    showToast({ text: 'The browser does not let the page read the clipboard. Press Ctrl V on the canvas instead.' });
  }
}
