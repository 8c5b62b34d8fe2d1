import type { Connection, FinalConnectionState, ReactFlowInstance, ReactFlowProps } from '@xyflow/react';
import type { StepEdge, StepNode } from '../../../canvas/flow-graph.ts';
import type { Point } from '../../../canvas/geometry.ts';
import { isGroupHandle, portOfHandle } from '../../../canvas/port-slots.ts';
import { edgeBetween } from '../model/wiring.ts';
import type { Editor } from '../store/editor-context.tsx';
import { dropOnStep, moveAllWires, moveWire, pickUpWire, pickUpWires, plugIn, plugInThroughAdapter, verdictAt } from './wire-actions.ts';

type Flow = ReactFlowInstance<StepNode, StepEdge>;

export interface Canvas {
  readonly flow: Flow;
  /** Makes React Flow let go of the wire. */
  readonly cancelConnection: () => void;
  /** Shift or Ctrl is held: what is pressed is selected as well. */
  readonly isAdding: () => boolean;
  /** A selection box is being drawn: what comes into it is selected beside the rest of it. */
  readonly isDrawingBox: () => boolean;
}

/** What React Flow tells, and how whatever is held is let go when the canvas goes away. */
export interface CanvasHandlers {
  readonly props: ReactFlowProps<StepNode, StepEdge>;
  readonly letGo: () => void;
}

/** A wire from the moment it is taken until it is let go, or Escape. */
export function wiringHandlers(editor: Editor, canvas: Canvas): CanvasHandlers {
  const { store } = editor;
  /** The edge whose end is in the hand. */
  let grabbed: StepEdge | null = null;
  let isCancelled = false;
  let listening = new AbortController();
  const cancel = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    isCancelled = true;
    store.getState().setWiring(null);
    canvas.cancelConnection();
    // What React Flow does when the button is raised, at once: it listens to the document alone.
    document.dispatchEvent(new MouseEvent('mouseup'));
  };
  const letGo = (): void => {
    listening.abort();
    grabbed = null;
    store.getState().setWiring(null);
  };
  const props: CanvasHandlers['props'] = {
    onConnectStart: (event, { nodeId, handleId }) => {
      isCancelled = false;
      listening = new AbortController();
      window.addEventListener('keydown', cancel, { capture: true, signal: listening.signal });
      if (nodeId === null || handleId === null) return;
      const at = { step: nodeId, handle: handleId };
      const isBundle = grabbed === null && 'ctrlKey' in event && (event.ctrlKey || event.metaKey);
      if (!isBundle || !pickUpWires(editor, at)) pickUpWire(editor, at);
    },
    isValidConnection: (connection) => {
      const end = farEnd(editor, connection);
      return end !== null && verdictAt(editor, end)?.isValid === true;
    },
    onConnect: (connection) => {
      const end = isCancelled ? null : farEnd(editor, connection);
      const port = end && portOfHandle(end.handle);
      if (end && port) plugIn(editor, { step: end.step, ...port });
    },
    onConnectEnd: (event, state) => {
      listening.abort();
      // The end of an edge that was grabbed has its own end below.
      if (!grabbed && !isCancelled) dropWire(editor, { state, at: clientPoint(event), flow: canvas.flow });
      store.getState().setWiring(null);
    },
    onReconnectStart: (_, edge) => {
      grabbed = edge;
    },
    onReconnect: (old, connection) => {
      const next = toEdge(connection);
      if (!isCancelled && next && old.data?.edge) moveWire(editor, old.data.edge, next);
    },
    onReconnectEnd: (...[, edge, , state]) => {
      grabbed = null;
      // Dropped on the paper: pulled out. Over a port that refuses it: it snaps back.
      if (isCancelled || state.toHandle || state.isValid || !edge.data?.edge) return;
      const { to } = edge.data.edge;
      store.getState().edit([{ op: 'step.setInput', step: to.step, input: to.input }], { label: 'Remove a connection' });
    },
  };
  return { props, letGo };
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
  readonly flow: Flow;
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
  if (held.moving.length > 0) {
    moveAllWires(editor, { over: toHandle?.id ? { step: toHandle.nodeId, handle: toHandle.id } : null, step: stepUnder(at) });
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
