import { disconnect, removeSteps } from '@pipewright/shared/draft/compound-ops.ts';
import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import type { ReactFlowInstance } from '@xyflow/react';
import { fitOptions } from '../../../canvas/canvas-tools.tsx';
import type { Point } from '../../../canvas/geometry.ts';
import { nodeHeight, nodeWidth } from '../../../canvas/geometry.ts';
import { pipelinesAround } from '../../../canvas/unfolded-store.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { countOf } from '../../../ui/format/number.ts';
import { copySteps, takeSteps } from '../model/clipboard.ts';
import { removeAndRejoin } from '../model/rejoin.ts';
import { countsOf } from '../paper/counts-of.ts';
import { ungroup } from '../paper/group-ops.ts';
import { boxOfSelection, holdSelected } from '../paper/held.ts';
import { removeNotes } from '../paper/note-ops.ts';
import { putNote, renameGroup } from '../paper/paper-acts.ts';
import type { Editor } from '../store/editor-context.tsx';
import { selectedKeys, selectSoleStep, selectStepInView } from '../store/selectors.ts';
import { offerUndo } from './offer-undo.ts';
import { openInspector } from './open-inspector.ts';
import { insertCopied, pasteText, type PasteOptions } from './paste-text.ts';
import { tidyLayout } from './tidy-layout.ts';

/** Everything that can be done to the graph by a key, a button or a word: one place, one meaning. */
export interface EditorActions {
  readonly undo: () => void;
  readonly redo: () => void;
  readonly deleteSelected: () => void;
  /** What `copy` takes: of a group its steps as well. */
  readonly deleteCopied: () => void;
  /** What read the steps reads what they read. */
  readonly deleteAndRejoin: () => void;
  readonly duplicate: () => void;
  /** The selected steps as text; empty when none is selected. */
  readonly copy: () => string;
  readonly paste: (text: string, options: PasteOptions) => void;
  readonly selectAll: () => void;
  readonly escape: () => void;
  readonly rename: () => void;
  readonly connect: () => void;
  readonly openInspector: () => void;
  readonly quickAdd: () => void;
  readonly addData: () => void;
  /** In the middle of what is seen. */
  readonly addNote: () => void;
  readonly find: () => void;
  readonly tidy: () => void;
  readonly fit: () => void;
  readonly zoomToSelection: () => void;
  readonly zoomToActualSize: () => void;
}

export function createEditorActions(editor: Editor, flow: ReactFlowInstance): EditorActions {
  return { ...historyActions(editor), ...selectionActions(editor), ...clipboardActions(editor), ...overlayActions(editor, flow), ...viewActions(editor, flow) };
}

function historyActions({ store }: Editor): Pick<EditorActions, 'undo' | 'redo'> {
  return {
    undo: () => {
      const label = store.getState().undo();
      announce(label === null ? 'Nothing to undo' : `Undone: ${label}`);
    },
    redo: () => {
      const label = store.getState().redo();
      announce(label === null ? 'Nothing to redo' : `Redone: ${label}`);
    },
  };
}

function selectionActions(
  editor: Editor,
): Pick<EditorActions, 'deleteSelected' | 'deleteCopied' | 'deleteAndRejoin' | 'selectAll' | 'escape' | 'rename' | 'openInspector'> {
  const { store } = editor;
  return {
    deleteSelected: () => deleteSelected(editor),
    deleteCopied: () => {
      const held = holdSelected(editor);
      store.getState().select({ steps: held.steps.keys(), notes: held.notes.keys() });
      deleteSelected(editor);
    },
    deleteAndRejoin: () => deleteAndRejoin(editor),
    selectAll: () => {
      const { content, collapsedGroups, select } = store.getState();
      // A collapsed group is selected as the one thing that it looks like.
      const groups = [...collapsedGroups].filter((id) => Object.hasOwn(content.layout.groups, id));
      const hidden = new Set(groups.flatMap((id) => content.layout.groups[id]?.steps ?? []));
      const steps = Object.keys(content.document.jobs).filter((key) => !hidden.has(key));
      select({ steps, groups, notes: Object.keys(content.layout.notes) });
    },
    escape: () => {
      const { overlay, open, select, renaming, setRenaming, editingNote, editNote } = store.getState();
      // From a step of an unfolded pipeline to the pipeline.
      const around = pipelinesAround(selectStepInView(store.getState()) ?? '').at(-1);
      if (overlay) open(null);
      else if (renaming !== null) setRenaming(null);
      else if (editingNote !== null) editNote(null);
      else select(around === undefined ? {} : { steps: [around] });
    },
    rename: () => {
      const [group] = store.getState().selectedGroups;
      const step = selectSoleStep(store.getState());
      if (step === null && group !== undefined && !store.getState().isReadOnly) return renameGroup(editor, group);
      if (step !== null && !store.getState().isReadOnly) store.getState().setRenaming(step);
    },
    openInspector: () => openInspector(store),
  };
}

/** Of groups only the frames: their steps stay. */
function deleteSelected({ store, derived }: Editor): void {
  const { content, edit, selectedEdges, selectedNotes, selectedGroups, select } = store.getState();
  const notes = [...selectedNotes].filter((id) => Object.hasOwn(content.layout.notes, id));
  const groups = [...selectedGroups].filter((id) => Object.hasOwn(content.layout.groups, id));
  const keys = selectedKeys(store.getState());
  const edges = derived.getState().flow.edges.flatMap(({ id, data }) => (selectedEdges.has(id) && data?.edge ? [data.edge] : []));
  const unplugged = edges.filter(({ to }) => !keys.includes(to.step)).flatMap(disconnect);
  // The frames first: a group whose last step goes is gone with it.
  const ops = [...unplugged, ...ungroup(groups), ...removeSteps(withoutGroups(content, groups), new Set(keys)), ...removeNotes(notes)];
  if (ops.length === 0) return;
  const isOnly = keys.length + notes.length + groups.length === 0;
  const label = isOnly
    ? `Remove ${countOf(edges.length, 'connection')}`
    : `Delete ${countsOf({ steps: keys.length, notes: notes.length, groups: groups.length })}`;
  if (!edit(ops, { label }).ok) return;
  select({});
  const done = label.replace('Delete', 'Deleted').replace('Remove', 'Removed');
  announce(done);
  offerUndo(store, done);
}

const withoutGroups = (content: DraftContent, ids: readonly string[]): DraftContent => {
  const groups = Object.fromEntries(Object.entries(content.layout.groups).filter(([id]) => !ids.includes(id)));
  return { ...content, layout: { ...content.layout, groups } };
};

/** With connections only, there is nothing to join: they are removed. */
function deleteAndRejoin(editor: Editor): void {
  const { store, derived } = editor;
  const { content, edit, select } = store.getState();
  const keys = selectedKeys(store.getState());
  if (keys.length === 0) return deleteSelected(editor);
  const { views } = derived.getState();
  const { ops, joined, lost } = removeAndRejoin(content, new Set(keys), views);
  const label = `Delete ${countOf(keys.length, 'step')} and rejoin`;
  if (!edit(ops, { label }).ok) return;
  select({});
  const open = lost.map(({ step, input }) => `${views.get(step)?.title ?? step} · ${input}`).join(', ');
  const done = `Deleted ${countOf(keys.length, 'step')}, rejoined ${countOf(joined, 'connection')}`;
  const said = open === '' ? done : `${done}. Nothing that was read fits ${open}`;
  announce(said);
  offerUndo(store, said);
}

function clipboardActions(editor: Editor): Pick<EditorActions, 'copy' | 'paste' | 'duplicate'> {
  const { store } = editor;
  return {
    copy: () => {
      const held = holdSelected(editor);
      return held.steps.size + held.notes.size === 0 ? '' : copySteps(store.getState().content, [...held.steps.keys()], [...held.notes.keys()]);
    },
    paste: (text, options) => void pasteText(editor, text, options),
    duplicate: () => {
      const { content } = store.getState();
      const held = holdSelected(editor);
      const copied = takeSteps(content, [...held.steps.keys()], [...held.notes.keys()]);
      if (held.steps.size + held.notes.size > 0) insertCopied(editor, copied, { at: null, keepsIncoming: true, verb: 'Duplicate' });
    },
  };
}

function overlayActions(editor: Editor, flow: ReactFlowInstance): Pick<EditorActions, 'connect' | 'quickAdd' | 'addData' | 'addNote' | 'find'> {
  const { store } = editor;
  const openQuickAdd = (query: string): void => {
    if (store.getState().isReadOnly) return;
    const at = placeOnCanvas();
    store.getState().open({ kind: 'quick-add', at, place: flow.screenToFlowPosition(at), wire: null, edge: null, query });
  };
  return {
    connect: () => {
      const state = store.getState();
      const step = selectSoleStep(state);
      if (step === null || state.isReadOnly) return;
      const place = flow.getNode(step)?.position ?? { x: 0, y: 0 };
      const at = flow.flowToScreenPosition({ x: place.x + nodeWidth + 12, y: place.y + nodeHeight / 2 });
      state.open({ kind: 'connect', at, step, focus: null, target: null });
    },
    quickAdd: () => openQuickAdd(''),
    addData: () => openQuickAdd('data'),
    addNote: () => putNote(editor, flow.screenToFlowPosition(placeOnCanvas())),
    find: () => store.getState().open({ kind: 'find' }),
  };
}

function viewActions(editor: Editor, flow: ReactFlowInstance): Pick<EditorActions, 'tidy' | 'fit' | 'zoomToSelection' | 'zoomToActualSize'> {
  return {
    tidy: () => void tidyLayout(editor),
    fit: () => void flow.fitView(fitOptions),
    zoomToSelection: () => {
      const box = boxOfSelection(editor);
      if (box) void flow.fitBounds(box, { ...fitOptions, padding: 0.3 });
      else void flow.fitView(fitOptions);
    },
    zoomToActualSize: () => void flow.zoomTo(1, { duration: 160 }),
  };
}

/** Where what is made without a pointer comes to stand. */
export function placeOnCanvas(): Point {
  const box = document.querySelector('[data-canvas]')?.getBoundingClientRect();
  return box ? { x: box.left + box.width / 2 - 170, y: box.top + Math.min(160, box.height / 4) } : { x: 400, y: 200 };
}
