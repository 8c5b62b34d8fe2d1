import { useReactFlow, ViewportPortal } from '@xyflow/react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { frameBoxes } from '../../../canvas/paper/frame-boxes.ts';
import { type FrameActs, GroupFrame } from '../../../canvas/paper/group-frame.tsx';
import { NoteCard, type NoteActs } from '../../../canvas/paper/note-card.tsx';
import { mostNotesDrawn, useNotesInView } from '../../../canvas/paper/notes-in-view.ts';
import { NotesPicture } from '../../../canvas/paper/notes-picture.tsx';
import classes from '../../../canvas/paper/paper.module.css';
import { dragMarksOf } from '../canvas/drag-marks.ts';
import { type Editor, useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { nameGesture } from '../store/name-gesture.ts';
import { dragSelected, resizeFrame, resizeNote, selectPressed } from './drag-paper.ts';
import { focusOnPaper, nameGroup, toggleCollapsed, writeNote } from './paper-acts.ts';

/** Frames and notes under the graph, to be moved, named and written. */
export function PaperLayer() {
  const groups = useEditorState((state) => state.content.layout.groups);
  const notes = useEditorState((state) => state.content.layout.notes);
  const hasGroups = Object.keys(groups).length > 0;
  const hasNotes = Object.keys(notes).length > 0;
  if (!hasGroups && !hasNotes) return null;
  return (
    <ViewportPortal>
      <div className={classes.layer}>
        {hasGroups && <Frames />}
        {hasNotes && <Notes />}
      </div>
    </ViewportPortal>
  );
}

function Frames() {
  const editor = useEditor();
  const flow = useReactFlow();
  const groups = useEditorState((state) => state.content.layout.groups);
  const collapsed = useEditorState((state) => state.collapsedGroups);
  const selected = useEditorState((state) => state.selectedGroups);
  const renaming = useEditorState((state) => state.renamingGroup);
  const isEditable = useEditorState((state) => !state.isReadOnly);
  const nodes = useDerived((derived) => derived.flow.nodes);
  const marks = useStore(dragMarksOf(editor.store), (state) => state.frames);
  const acts = useMemo(() => frameActs(editor, flow), [editor, flow]);
  const boxes = useMemo(() => frameBoxes(groups, nodes), [groups, nodes]);
  return [...boxes].map(([id, box]) => {
    const group = groups[id];
    if (!group || collapsed.has(id)) return null;
    return (
      <GroupFrame
        key={id}
        id={id}
        title={group.title}
        color={group.color}
        count={group.steps.length}
        // While a step of it is dragged it stays as it was: where the step is let go decides whether it still belongs to it.
        box={marks?.still.get(id) ?? box}
        isSelected={selected.has(id)}
        isTarget={marks?.into === id}
        isRenaming={renaming === id}
        isEditable={isEditable}
        acts={acts}
      />
    );
  });
}

function frameActs(editor: Editor, flow: ReturnType<typeof useReactFlow>): FrameActs {
  const { store } = editor;
  return {
    onPointerDown: (group, event) => {
      selectPressed(editor, { group }, event);
      dragSelected(editor, flow, event);
    },
    onMenu: (group, at) => {
      if (!store.getState().selectedGroups.has(group)) store.getState().select({ groups: [group] });
      store.getState().open({ kind: 'paper-menu', at, of: { group } });
    },
    onRename: (group) => {
      if (!store.getState().isReadOnly) store.getState().renameGroup(group);
    },
    onNamed: (group, title) => nameGroup(editor, group, title),
    onCollapse: (group) => toggleCollapsed(editor, [group]),
    onResize: (group, edge, event) => {
      store.getState().select({ groups: [group] });
      resizeFrame(editor, flow, { group, edge, event });
    },
  };
}

function Notes() {
  const editor = useEditor();
  const flow = useReactFlow();
  const selected = useEditorState((state) => state.selectedNotes);
  const writing = useEditorState((state) => state.editingNote);
  const isEditable = useEditorState((state) => !state.isReadOnly);
  const seen = useNotesInView(useEditorState((state) => state.content.layout.notes));
  const acts = useMemo(() => noteActs(editor, flow), [editor, flow]);
  if (seen.length > mostNotesDrawn) return <NotesPicture notes={seen} />;
  return seen.map(([id, note]) => (
    <NoteCard key={id} id={id} note={note} isSelected={selected.has(id)} isWriting={writing === id} isEditable={isEditable} acts={acts} />
  ));
}

function noteActs(editor: Editor, flow: ReturnType<typeof useReactFlow>): NoteActs {
  const { store } = editor;
  return {
    onPointerDown: (note, event) => {
      selectPressed(editor, { note }, event);
      dragSelected(editor, flow, event);
    },
    onResize: (note, event) => resizeNote(editor, flow, { note, event }),
    onMenu: (note, at) => {
      if (!store.getState().selectedNotes.has(note)) store.getState().select({ notes: [note] });
      store.getState().open({ kind: 'paper-menu', at, of: { note } });
    },
    onWrite: (note) => {
      if (store.getState().isReadOnly || store.getState().editingNote === note) return;
      store.getState().select({ notes: [note] });
      store.getState().editNote(note);
    },
    onWriting: (note) => {
      const gesture = nameGesture('note');
      return (text) => writeNote(editor, { note, text, gesture });
    },
    onWritten: (note, isByKey) => {
      store.getState().editNote(null);
      if (isByKey) focusOnPaper(`[data-note="${CSS.escape(note)}"]`);
    },
  };
}
