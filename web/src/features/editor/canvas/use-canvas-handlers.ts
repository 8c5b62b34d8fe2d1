import type { Position } from '@pipewright/shared/pipeline/layout.ts';
import {
  type Connection,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
  type ReactFlowInstance,
  type ReactFlowProps,
  useReactFlow,
} from '@xyflow/react';
import { useMemo } from 'react';
import type { StepEdge, StepNode } from '../../../canvas/flow-graph.ts';
import type { Point } from '../../../canvas/geometry.ts';
import type { Room } from '../../../canvas/make-room.ts';
import { isGroupHandle, portOfHandle } from '../../../canvas/port-slots.ts';
import type { Nesting } from '../../../canvas/step-facts.ts';
import { openInspector } from '../commands/open-inspector.ts';
import { moveSteps } from '../model/move-steps.ts';
import { edgeBetween } from '../model/wiring.ts';
import { type Editor, useEditor } from '../store/editor-context.tsx';
import { dropOnStep, moveWire, pickUpWire, plugIn, plugInThroughAdapter, verdictAt } from './wire-actions.ts';

type FlowProps = ReactFlowProps<StepNode, StepEdge>;

/** React Flow's events in the words of the editor. One stable object, so that no render of a parent reaches the canvas. */
export function useCanvasHandlers(nesting: Nesting): FlowProps {
  const editor = useEditor();
  const flow = useReactFlow<StepNode, StepEdge>();
  return useMemo(() => ({ ...moving(editor), ...wiring(editor, flow), ...looking(editor, nesting) }), [editor, flow, nesting]);
}

/** What React Flow says of nodes and edges: places go into the document, selection into the window, the rest nowhere. */
function moving({ store, derived }: Editor): FlowProps {
  let drag = 0;
  const beginDrag = (): void => {
    drag += 1;
    store.getState().setDragging(true);
  };
  const endDrag = (): void => store.getState().setDragging(false);
  return {
    onNodeDragStart: beginDrag,
    onSelectionDragStart: beginDrag,
    onNodeDragStop: endDrag,
    onSelectionDragStop: endDrag,
    onNodesChange: (changes: NodeChange<StepNode>[]) => {
      const moved = new Map<string, Position>();
      const selected = new Set(store.getState().selectedSteps);
      for (const change of changes) {
        if (change.type === 'position' && change.position) moved.set(change.id, placeInDocument(derived.getState().flow.room, change.id, change.position));
        if (change.type === 'select') setMember(selected, change.id, change.selected);
      }
      const { content, edit, select, selectedEdges } = store.getState();
      if (moved.size > 0) {
        const label = moved.size === 1 ? 'Move a step' : `Move ${moved.size} steps`;
        // While it goes on it is like typing: it leaves when it ends, or rests.
        const isGoingOn = changes.some((change) => change.type === 'position' && change.dragging === true);
        edit(moveSteps(content, moved), { label, gesture: `drag:${drag}`, pace: isGoingOn ? 'typing' : 'gesture' });
      }
      if (changes.some(({ type }) => type === 'select')) select({ steps: selected, edges: selectedEdges });
    },
    onEdgesChange: (changes: EdgeChange<StepEdge>[]) => {
      if (!changes.some(({ type }) => type === 'select')) return;
      const { select, selectedEdges, selectedSteps } = store.getState();
      const selected = new Set(selectedEdges);
      for (const change of changes) if (change.type === 'select') setMember(selected, change.id, change.selected);
      select({ steps: selectedSteps, edges: selected });
    },
  };
}

/** Where a step stands in the document that is drawn here, beside an unfolded pipeline for which it has given way. */
function placeInDocument(room: Room, step: string, { x, y }: Position): Position {
  const by = room.get(step);
  return by ? { x: x - by.x, y: y - by.y } : { x, y };
}

function setMember(set: Set<string>, key: string, isMember: boolean): void {
  if (isMember) set.add(key);
  else set.delete(key);
}

function wiring(editor: Editor, flow: ReactFlowInstance<StepNode, StepEdge>): FlowProps {
  /** The edge whose end is in the hand. */
  let grabbed: StepEdge | null = null;
  return {
    onConnectStart: (_, { nodeId, handleId }) => {
      if (nodeId !== null && handleId !== null) pickUpWire(editor, { step: nodeId, handle: handleId });
    },
    isValidConnection: (connection) => {
      const end = farEnd(editor, connection);
      return end !== null && verdictAt(editor, end)?.isValid === true;
    },
    onConnect: (connection) => {
      const end = farEnd(editor, connection);
      const port = end && portOfHandle(end.handle);
      if (end && port) plugIn(editor, { step: end.step, ...port });
    },
    onConnectEnd: (event, state) => {
      // The end of an edge that was grabbed has its own end below.
      if (!grabbed) dropWire(editor, { state, at: clientPoint(event), flow });
      editor.store.getState().setWiring(null);
    },
    onReconnectStart: (_, edge) => {
      grabbed = edge;
    },
    onReconnect: (old, connection) => {
      const next = toEdge(connection);
      if (next && old.data?.edge) moveWire(editor, old.data.edge, next);
    },
    onReconnectEnd: (...[, edge, , state]) => {
      grabbed = null;
      // Dropped on the paper: pulled out. Over a port that refuses it: it snaps back.
      if (state.toHandle || state.isValid || !edge.data?.edge) return;
      const { to } = edge.data.edge;
      editor.store.getState().edit([{ op: 'step.setInput', step: to.step, input: to.input }], { label: 'Remove a connection' });
    },
  };
}

/** The end of a connection that is not the one the wire began at. */
function farEnd({ store }: Editor, connection: Connection | StepEdge): { readonly step: string; readonly handle: string } | null {
  const from = store.getState().wiring?.from;
  if (!from) return null;
  const isForward = from.side === 'outputs';
  const handle = isForward ? connection.targetHandle : connection.sourceHandle;
  if (handle === null || handle === undefined) return null;
  return { step: isForward ? connection.target : connection.source, handle };
}

function toEdge({ source, sourceHandle, target, targetHandle }: Connection) {
  const [output, input] = [portOfHandle(sourceHandle), portOfHandle(targetHandle)];
  return output && input ? edgeBetween({ step: source, ...output }, { step: target, ...input }) : null;
}

interface Drop {
  readonly state: FinalConnectionState;
  readonly at: Point;
  readonly flow: ReactFlowInstance<StepNode, StepEdge>;
}

/** A wire was let go: over a group, over a port that refuses it, over a step, or over the paper. */
function dropWire(editor: Editor, { state, at, flow }: Drop): void {
  const { wiring: held, open } = editor.store.getState();
  const { fromHandle, toHandle, isValid } = state;
  if (!held) {
    // It began at a group of ports, which is not one port: the list says which.
    if (fromHandle) open({ kind: 'connect', at, step: fromHandle.nodeId, focus: null, target: toHandle?.nodeId ?? null });
    return;
  }
  if (toHandle && isGroupHandle(toHandle.id)) {
    dropOnStep(editor, toHandle.nodeId, at);
    return;
  }
  if (isValid) return;
  if (toHandle) {
    if (toHandle.id) plugInThroughAdapter(editor, { step: toHandle.nodeId, handle: toHandle.id });
    return;
  }
  const step = stepUnder(at);
  if (step !== null) {
    dropOnStep(editor, step, at);
    return;
  }
  open({ kind: 'quick-add', at, place: flow.screenToFlowPosition(at), wire: held.from, edge: null });
}

function stepUnder({ x, y }: Point): string | null {
  const key = document.elementFromPoint(x, y)?.closest('[data-step]')?.getAttribute('data-step') ?? null;
  // Over a step of an unfolded pipeline it is over the pipeline.
  return key?.split('/')[0] ?? null;
}

function clientPoint(event: MouseEvent | TouchEvent): Point {
  if ('clientX' in event) return { x: event.clientX, y: event.clientY };
  const touch = event.changedTouches[0];
  return { x: touch?.clientX ?? 0, y: touch?.clientY ?? 0 };
}

function looking({ store }: Editor, nesting: Nesting): FlowProps {
  return {
    onMoveEnd: (_, viewport) => store.getState().setViewport(viewport),
    onNodeContextMenu: (event, node) => {
      event.preventDefault();
      if (!store.getState().selectedSteps.has(node.id)) store.getState().select({ steps: [node.id] });
      const port = outputUnder(event.target, node.id);
      store.getState().open({ kind: 'step-menu', at: { x: event.clientX, y: event.clientY }, step: node.id, ...(port === null ? {} : { port }) });
    },
    onNodeDoubleClick: (_, node) => {
      if (node.data.view.isPipeline) return nesting.open(node.id);
      store.getState().select({ steps: [node.id] });
      openInspector(store);
    },
  };
}

/** The output whose port was pointed at; null for anything else of the step. */
function outputUnder(target: EventTarget | null, step: string): string | null {
  const port = target instanceof Element ? target.closest('[data-port]')?.getAttribute('data-port') : null;
  const start = `${step}.outputs.`;
  return port?.startsWith(start) ? port.slice(start.length) : null;
}
