import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import type { Position } from '@pipewright/shared/pipeline/layout.ts';
import type { NodeChange } from '@xyflow/react';
import type { StepNode } from '../../../canvas/flow-graph.ts';
import type { Room } from '../../../canvas/make-room.ts';
import { insertCopied } from '../commands/paste-text.ts';
import { moveIntoEdge } from '../model/add-step.ts';
import { isGroupNode } from '../../../canvas/paper/collapse-groups.ts';
import { positionsOf } from '../../../canvas/positions-of.ts';
import { takeSteps } from '../model/clipboard.ts';
import { moveSteps } from '../model/move-steps.ts';
import { type Held, labelOfMove, moveHeld } from '../paper/held.ts';
import type { Editor } from '../store/editor-context.tsx';
import { nameGesture } from '../store/name-gesture.ts';
import { beginDrag, type DragSession } from './drag-session.ts';
import { clearDragMarks, dragMarksOf } from './drag-marks.ts';
import type { Canvas, CanvasHandlers } from './wiring-handlers.ts';

/** What React Flow says of nodes: places go into the document, selection into the window, the rest nowhere. */
export function dragHandlers(editor: Editor, canvas: Canvas): CanvasHandlers {
  const { store } = editor;
  let gesture = nameGesture('drag');
  let session: DragSession | null = null;
  const begin = (event: MouseEvent | TouchEvent | { readonly altKey?: boolean }, nodes: readonly StepNode[]): void => {
    gesture = nameGesture('drag');
    session?.end();
    store.getState().setDragging(true);
    session = beginDrag(editor, canvas, { nodes, isCopying: 'altKey' in event && event.altKey === true });
  };
  const letGo = (): void => {
    session?.end();
    session = null;
    store.getState().setDragging(false);
    clearDragMarks(store);
  };
  const end = (): void => {
    const ended = session;
    session = null;
    ended?.end();
    store.getState().setDragging(false);
    if (ended) finish(editor, ended, gesture);
    clearDragMarks(store);
  };
  const isAdding = (): boolean => canvas.isAdding() || canvas.isDrawingBox();
  const props: CanvasHandlers['props'] = {
    onNodeDragStart: (event, node, nodes) => begin(event, nodes.length > 0 ? nodes : [node]),
    onSelectionDragStart: (event, nodes) => begin(event, nodes),
    onNodeDragStop: end,
    onSelectionDragStop: end,
    // What React Flow does not draw is selected by nobody else.
    onPaneClick: () => store.getState().select({}),
    onNodesChange: (changes) => {
      const moved = movedBy(editor, changes, session);
      if (moved.size > 0 || (session && holds(session.along)))
        move(editor, moved, { session, gesture, isGoingOn: changes.some((change) => change.type === 'position' && change.dragging) });
      selectBy(editor, changes, isAdding());
    },
    onEdgesChange: (changes) => {
      if (!changes.some(({ type }) => type === 'select')) return;
      const { select, selectedEdges, ...state } = store.getState();
      const selected = new Set(selectedEdges);
      for (const change of changes) if (change.type === 'select') setMember(selected, change.id, change.selected);
      const isAlone = !isAdding() && changes.some((change) => change.type === 'select' && change.selected);
      select({ steps: state.selectedSteps, edges: selected, ...(isAlone ? {} : { notes: state.selectedNotes, groups: state.selectedGroups }) });
    },
  };
  return { props, letGo };
}

/** Where steps go, in the places of the document; none while copies of them are dragged. */
function movedBy({ derived }: Editor, changes: readonly NodeChange<StepNode>[], session: DragSession | null): ReadonlyMap<string, Position> {
  const dragged = changes.flatMap((change): [string, Position][] => (change.type === 'position' && change.position ? [[change.id, change.position]] : []));
  const placed = session?.place(dragged) ?? new Map(dragged);
  const { room } = derived.getState().flow;
  return new Map(
    // Of a collapsed group its steps go, which are in `along`.
    [...placed]
      .filter(([key]) => !isGroupNode(key))
      .map(([key, { x, y }]) => {
        // Beside an unfolded pipeline it has given way to that.
        const by = room.get(key);
        return [key, by ? { x: x - by.x, y: y - by.y } : { x, y }];
      }),
  );
}

interface Move {
  readonly session: DragSession | null;
  readonly gesture: string;
  readonly isGoingOn: boolean;
}

function move({ store }: Editor, moved: ReadonlyMap<string, Position>, { session, gesture, isGoingOn }: Move): void {
  const { content, edit } = store.getState();
  const along = session?.along ?? nothingAlong;
  const isSame = [...moved].every(([key, { x, y }]) => content.layout.steps[key]?.x === x && content.layout.steps[key]?.y === y);
  // While it goes on it is like typing: it leaves when it ends, or rests.
  if (isSame && isGoingOn && !holds(along)) return;
  const label = labelOfMove({ ...along, steps: new Map([...moved, ...along.steps]) });
  const ops = [...(moved.size === 0 ? [] : moveSteps(content, moved)), ...moveHeld(content, along, session?.by ?? { x: 0, y: 0 })];
  edit(ops, { label, gesture, pace: isGoingOn ? 'typing' : 'gesture' });
}

const nothingAlong: Held = { steps: new Map(), notes: new Map(), groups: [] };
const holds = ({ steps, notes }: Held): boolean => steps.size > 0 || notes.size > 0;

/** The dragged step goes into the edge under it, or the copies come to stand where they were let go. */
function finish(editor: Editor, { keys, along, frames, isCopying, by }: DragSession, gesture: string): void {
  const { store, derived } = editor;
  const { content, edit } = store.getState();
  const { target } = dragMarksOf(store).getState();
  const [key] = keys;
  if (isCopying) {
    if (by.x !== 0 || by.y !== 0) insertCopied(editor, takeSteps(content, keys), { at: null, by, keepsIncoming: true, verb: 'Duplicate' });
    return;
  }
  if (!target?.ports || key === undefined || keys.length > 1) {
    const steps = drawnPlaces(content, [...keys, ...along.steps.keys()], derived.getState().flow.room);
    const moves = frames?.opsAt(content, steps);
    if (moves && moves.ops.length > 0) edit(moves.ops, { label: moves.text === '' ? labelOfMove({ ...along, steps }) : `Move ${moves.text}`, gesture });
    return;
  }
  const title = derived.getState().views.get(key)?.title ?? key;
  edit(moveIntoEdge(content, target.edge, { step: key, ...target.ports }), { label: `Put ${title} between`, gesture });
}

/** Where steps stand on the canvas: beside an unfolded pipeline they have given way to that. */
export function drawnPlaces(content: DraftContent, keys: readonly string[], room: Room): Map<string, Position> {
  const places = positionsOf(content);
  const drawn = new Map<string, Position>();
  for (const key of keys) {
    const [at, by] = [places[key], room.get(key)];
    if (at) drawn.set(key, by ? { x: at.x + by.x, y: at.y + by.y } : at);
  }
  return drawn;
}

function selectBy({ store, derived }: Editor, changes: readonly NodeChange<StepNode>[], isAdding: boolean): void {
  if (!changes.some(({ type }) => type === 'select')) return;
  const { select, selectedSteps, selectedEdges, selectedNotes, selectedGroups } = store.getState();
  const [steps, groups] = [new Set(selectedSteps), new Set(selectedGroups)];
  const boxes = new Map(derived.getState().flow.nodes.flatMap(({ id, data }) => (data.box ? [[id, data.box.id] as const] : [])));
  let isPicked = false;
  for (const change of changes) {
    if (change.type !== 'select') continue;
    const box = boxes.get(change.id);
    if (box === undefined) setMember(steps, change.id, change.selected);
    else setMember(groups, box, change.selected);
    isPicked ||= change.selected;
  }
  // What is pressed without Shift takes the place of all that was selected; React Flow knows only of what it draws.
  const isAlone = isPicked && !isAdding;
  const drawn = new Set(boxes.values());
  select({ steps, edges: selectedEdges, notes: isAlone ? [] : selectedNotes, groups: isAlone ? [...groups].filter((id) => drawn.has(id)) : groups });
}

function setMember(set: Set<string>, key: string, isMember: boolean): void {
  if (isMember) set.add(key);
  else set.delete(key);
}
