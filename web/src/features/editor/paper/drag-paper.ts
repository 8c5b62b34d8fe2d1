import type { ReactFlowInstance } from '@xyflow/react';
import type { PointerEvent } from 'react';
import { frameBoxes } from '../../../canvas/paper/frame-boxes.ts';
import type { FrameEdge } from '../../../canvas/paper/frame-edges.tsx';
import { gridSize, type Point } from '../../../canvas/geometry.ts';
import { usePreferences } from '../../../ui/preferences.ts';
import type { Editor } from '../store/editor-context.tsx';
import { nameGesture } from '../store/name-gesture.ts';
import { resizedRoom, setRoom } from './frame-size.ts';
import { holdSelected, labelOfMove, moveHeld } from './held.ts';
import { changeNote, smallestNote } from './note-ops.ts';

/** On the screen: a press that moves less is a press. */
const stillWithin = 3;
/** What is pressed is selected, beside others with Shift or Ctrl; what is selected already stays so, because all of it may be about to be dragged. */
export function selectPressed({ store }: Editor, pressed: { readonly note: string } | { readonly group: string }, event: PointerEvent): void {
  const { select, selectedSteps, selectedEdges, selectedNotes, selectedGroups } = store.getState();
  const isNote = 'note' in pressed;
  const [before, id] = isNote ? [selectedNotes, pressed.note] : [selectedGroups, pressed.group];
  const isAdding = event.shiftKey || event.ctrlKey || event.metaKey;
  if (before.has(id) && !isAdding) return;
  const next = new Set(isAdding ? before : []);
  if (before.has(id)) next.delete(id);
  else next.add(id);
  const others = isAdding ? { steps: selectedSteps, edges: selectedEdges, notes: selectedNotes, groups: selectedGroups } : {};
  select({ ...others, ...(isNote ? { notes: next } : { groups: next }) });
}

/** Takes hold of all that is selected; it goes with the pointer until that is let go, as one entry of the history. */
export function dragSelected(editor: Editor, flow: ReactFlowInstance, event: PointerEvent): void {
  const { store } = editor;
  if (event.button !== 0 || store.getState().isReadOnly) return;
  const held = holdSelected(editor);
  const lead = [...held.notes.values(), ...held.steps.values()][0];
  if (!lead) return;
  const move = (by: Point, gesture: string, isGoingOn: boolean): void => {
    const { content, edit } = store.getState();
    edit(moveHeld(content, held, by), { label: labelOfMove(held), gesture, pace: isGoingOn ? 'typing' : 'gesture' });
  };
  followPointer(editor, flow, { event, lead, move });
}

/** Its lower right corner goes with the pointer. */
export function resizeNote(editor: Editor, flow: ReactFlowInstance, { note, event }: { readonly note: string; readonly event: PointerEvent }): void {
  const { store } = editor;
  const before = store.getState().content.layout.notes[note];
  if (event.button !== 0 || !before || store.getState().isReadOnly) return;
  event.stopPropagation();
  const lead = { x: before.x + before.width, y: before.y + before.height };
  const move = (by: Point, gesture: string, isGoingOn: boolean): void => {
    const { content, edit } = store.getState();
    const size = { width: Math.max(smallestNote.width, before.width + by.x), height: Math.max(smallestNote.height, before.height + by.y) };
    edit(changeNote(content, note, size), { label: 'Resize a note', gesture, pace: isGoingOn ? 'typing' : 'gesture' });
  };
  followPointer(editor, flow, { event, lead, move });
}

interface TakenEdge {
  readonly group: string;
  readonly edge: FrameEdge;
  readonly event: PointerEvent;
}

/** An edge of a frame, or a corner, goes with the pointer; the steps stay. */
export function resizeFrame(editor: Editor, flow: ReactFlowInstance, { group, edge, event }: TakenEdge): void {
  const { store, derived } = editor;
  const before = store.getState().content.layout.groups[group];
  if (event.button !== 0 || !before || store.getState().isReadOnly) return;
  event.stopPropagation();
  const box = frameBoxes({ [group]: before }, derived.getState().flow.nodes).get(group);
  if (!box) return;
  const lead = { x: edge.x === 1 ? box.x + box.width : box.x, y: edge.y === 1 ? box.y + box.height : box.y };
  const move = (by: Point, gesture: string, isGoingOn: boolean): void => {
    const { content, edit } = store.getState();
    edit(setRoom(content, group, resizedRoom(before.room, edge, by)), { label: 'Resize a group', gesture, pace: isGoingOn ? 'typing' : 'gesture' });
  };
  followPointer(editor, flow, { event, lead, move });
}

interface Following {
  readonly event: PointerEvent;
  /** The point that keeps to the grid. */
  readonly lead: Point;
  readonly move: (by: Point, gesture: string, isGoingOn: boolean) => void;
}

function followPointer({ store }: Editor, flow: ReactFlowInstance, { event, lead, move }: Following): void {
  const start = { x: event.clientX, y: event.clientY };
  const { pointerId } = event;
  const following = new AbortController();
  const { signal } = following;
  const gesture = nameGesture('paper');
  let by: Point | null = null;
  const onGrid = (place: number, distance: number, isFree: boolean): number => {
    const size = usePreferences.getState().isSnapping && !isFree ? gridSize : 1;
    return Math.round((place + distance) / size) * size - place;
  };
  const follow = (at: globalThis.PointerEvent): void => {
    if (at.pointerId !== pointerId) return;
    const distance = { x: at.clientX - start.x, y: at.clientY - start.y };
    if (by === null && Math.hypot(distance.x, distance.y) < stillWithin) return;
    if (by === null) store.getState().setDragging(true);
    const zoom = flow.getZoom();
    const next = { x: onGrid(lead.x, distance.x / zoom, at.altKey), y: onGrid(lead.y, distance.y / zoom, at.altKey) };
    if (by?.x === next.x && by.y === next.y) return;
    by = next;
    move(next, gesture, true);
  };
  const end = (at: globalThis.PointerEvent): void => {
    if (at.pointerId !== pointerId) return;
    following.abort();
    if (by === null) return;
    move(by, gesture, false);
    store.getState().setDragging(false);
  };
  window.addEventListener('pointermove', follow, { signal });
  window.addEventListener('pointerup', end, { signal });
  window.addEventListener('pointercancel', end, { signal });
}
