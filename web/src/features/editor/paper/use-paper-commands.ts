import { useReactFlow } from '@xyflow/react';
import type { Command } from '../../../ui/commands/command.ts';
import { useCommands } from '../../../ui/commands/use-commands.ts';
import { stepsMeant } from './counts-of.ts';
import { placeOnCanvas } from '../commands/editor-actions.ts';
import { isOnCanvas } from '../commands/is-on-canvas.ts';
import { usePointerOnCanvas } from '../canvas/use-pointer-on-canvas.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import type { EditorState } from '../store/editor-state.ts';
import { selectSelectedCount } from '../store/selectors.ts';
import { collapseAll, fitFrames, groupSelected, groupsMeant, noteAfter, putNote, toggleCollapsed, ungroupSelected } from './paper-acts.ts';
import { useShowPaper } from './use-show-paper.ts';

const onCanvas = { group: 'Canvas', keysWorkAt: isOnCanvas } as const;

/** A group is selected, or a step in one. Asked at every change of anything. */
const selectIsGrouped = ({ content, selectedSteps, selectedGroups }: EditorState): boolean =>
  selectedGroups.size > 0 ||
  (selectedSteps.size > 0 && Object.values(content.layout.groups).some(({ steps }) => steps.some((step) => selectedSteps.has(step))));

/** Groups and notes, by keys and by name. */
export function usePaperCommands(): void {
  const editor = useEditor();
  const { store } = editor;
  const selected = useEditorState(selectSelectedCount);
  const isEditable = useEditorState((state) => !state.isReadOnly);
  const isGrouped = useEditorState(selectIsGrouped);
  const soleGroup = useEditorState((state) => (state.selectedGroups.size === 1 ? ([...state.selectedGroups][0] ?? null) : null));
  const isCollapsed = useEditorState((state) => soleGroup !== null && state.collapsedGroups.has(soleGroup));
  const hasRoom = useEditorState((state) => [...state.selectedGroups].some((id) => state.content.layout.groups[id]?.room !== undefined));
  const soleNote = useEditorState((state) => (state.selectedNotes.size === 1 ? ([...state.selectedNotes][0] ?? null) : null));
  const hasNotes = useEditorState((state) => Object.keys(state.content.layout.notes).length > 0);
  const canMany = useEditorState((state) => Object.keys(state.content.layout.groups).length > 0);
  const add = usePutNote();
  const { showNote } = useShowPaper();
  const commands: Command[] = [
    {
      ...onCanvas,
      id: 'editor.group',
      title: `Group ${stepsMeant(selected)}`,
      keys: 'Ctrl+G',
      keywords: 'frame box section',
      isEnabled: isEditable && selected > 0,
      run: () => groupSelected(editor),
    },
    {
      ...onCanvas,
      id: 'editor.ungroup',
      title: 'Ungroup',
      keys: 'Ctrl+Shift+G',
      keywords: 'frame',
      isEnabled: isEditable && isGrouped,
      run: () => ungroupSelected(editor),
    },
    {
      ...onCanvas,
      id: 'editor.collapse-group',
      title: isCollapsed ? 'Expand the group' : 'Collapse the group into one box',
      keys: 'E',
      ...(isCollapsed ? { otherKeys: ['Enter'] } : {}),
      keywords: 'fold unfold frame',
      // A step that is selected beside it may be a pipeline, and has the same key.
      isEnabled: soleGroup !== null && selected === 0,
      run: () => toggleCollapsed(editor, groupsMeant(editor)),
    },
    {
      ...onCanvas,
      id: 'editor.fit-frame',
      title: 'Fit the frame to its steps',
      keywords: 'group size resize shrink',
      isEnabled: isEditable && hasRoom,
      run: () => fitFrames(editor, groupsMeant(editor)),
    },
    { ...onCanvas, id: 'editor.collapse-groups', title: 'Collapse all groups', isEnabled: canMany, run: () => collapseAll(editor, true) },
    { ...onCanvas, id: 'editor.expand-groups', title: 'Expand all groups', isEnabled: canMany, run: () => collapseAll(editor, false) },
    { ...onCanvas, id: 'editor.add-note', title: 'Add a note', keys: 'Shift+N', keywords: 'comment sticky text', isEnabled: isEditable, run: add },
    {
      ...onCanvas,
      id: 'editor.write-note',
      title: 'Write the note',
      keys: 'Enter',
      otherKeys: ['F2'],
      isEnabled: isEditable && soleNote !== null && selected === 0,
      run: () => store.getState().editNote(soleNote),
    },
    {
      ...onCanvas,
      id: 'editor.next-note',
      title: 'Go to the next note',
      keys: 'N',
      isEnabled: hasNotes,
      run: () => {
        const next = noteAfter(editor);
        if (next !== null) showNote(next);
      },
    },
  ];
  useCommands('editor.paper', commands);
}

/** At the pointer, or in the middle of what is seen. */
function usePutNote(): () => void {
  const editor = useEditor();
  const flow = useReactFlow();
  const pointer = usePointerOnCanvas();
  return () => putNote(editor, flow.screenToFlowPosition(pointer.current.point ?? placeOnCanvas()));
}
