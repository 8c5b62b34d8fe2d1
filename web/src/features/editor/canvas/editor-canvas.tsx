import { type ReactFlowProps, useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, type MouseEvent, useMemo, useRef, useState } from 'react';
import { useMyName } from '../../../api/workspace.ts';
import { CanvasTools } from '../../../canvas/canvas-tools.tsx';
import type { StepEdge, StepNode } from '../../../canvas/flow-graph.ts';
import { GraphCanvas, type GraphCanvasProps } from '../../../canvas/graph-canvas.tsx';
import { useShowUnfolded } from '../../../canvas/use-show-unfolded.ts';
import { PortCardLayer } from '../data/port-card-layer.tsx';
import { useLookAtData } from '../data/use-look-at-data.ts';
import { FindBar } from '../outline/find-bar.tsx';
import { PaperLayer } from '../paper/paper-layer.tsx';
import { useShowSelectedPaper } from '../paper/use-show-selected-paper.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { selectIsEmpty } from '../store/selectors.ts';
import { ArrangeBar } from './arrange-bar.tsx';
import { CanvasToolbar } from './canvas-toolbar.tsx';
import { ConnectionLine } from './connection-line.tsx';
import { createEditorFacts } from './editor-facts.tsx';
import { DragLayer } from './drag-layer.tsx';
import { EmptyCanvas } from './empty-canvas.tsx';
import { PutInChips } from './put-in-chips.tsx';
import { RefusalCard } from './refusal-card.tsx';
import { StepToolbar } from './step-toolbar.tsx';
import { useCanvasHandlers } from './use-canvas-handlers.ts';
import { useCanvasKeys } from './use-canvas-keys.ts';
import { useInnerGraphs } from './use-inner-graphs.ts';
import { useNesting } from './use-nesting.ts';
import { useShowRevealed } from './use-show-revealed.ts';
import { useShowSelected } from './use-show-selected.ts';
import classes from './editor-canvas.module.css';

/** Fingers have no second button: they pan, and select by tapping. */
const isTouch = typeof matchMedia === 'function' && matchMedia('(pointer: coarse)').matches;
const middleAndRight = [1, 2];
const connectionRadius = 26;

/** The graph as it is edited. */
export function EditorCanvas() {
  const editor = useEditor();
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const isWiring = useEditorState((state) => state.wiring !== null || state.heldAsset !== null);
  const isFinding = useEditorState((state) => state.overlay?.kind === 'find');
  const isEmpty = useEditorState(selectIsEmpty);
  const [viewport] = useState(() => editor.store.getState().viewport ?? undefined);
  const nesting = useNesting();
  const me = useMyName();
  const facts = useMemo(() => createEditorFacts(editor, nesting, me), [editor, nesting, me]);
  const handlers = useCanvasHandlers(nesting);
  const flowProps = useMemo<ReactFlowProps<StepNode, StepEdge>>(
    () => ({
      ...handlers,
      nodesDraggable: !isReadOnly,
      nodesConnectable: !isReadOnly,
      edgesReconnectable: !isReadOnly,
      selectionOnDrag: !isTouch,
      panOnDrag: isTouch ? true : middleAndRight,
      selectionKeyCode: null,
      connectionRadius,
      connectionLineComponent: ConnectionLine,
      autoPanOnConnect: true,
      // The drag itself keeps to the grid, or to a line with others: see drag-session.ts.
      snapToGrid: false,
      // A press on a port shows its data.
      connectOnClick: false,
    }),
    [handlers, isReadOnly],
  );
  const region = useRef<HTMLElement>(null);
  useShowSelected(region);
  useShowRevealed();
  useShowSelectedPaper(region);
  useShowUnfolded(
    region,
    useEditorState((state) => state.unfolded),
  );
  const keys = useCanvasKeys();
  const { byClick } = useLookAtData();
  const handleDoubleClick = useQuickAddByDoubleClick();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys and double clicks of the whole graph begin here
    <section
      ref={region}
      className={classes.region}
      aria-label="Pipeline"
      data-pane
      data-canvas
      data-wiring={isWiring || undefined}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a canvas is walked by keys
      tabIndex={0}
      {...keys}
      onDoubleClick={handleDoubleClick}
      onClick={byClick}
    >
      <Drawing facts={facts} flowProps={flowProps} viewport={viewport} />
      <InnerGraphs />
      <PortCardLayer region={region} />
      {isEmpty && <EmptyCanvas />}
      {isFinding && <FindBar />}
    </section>
  );
}

/** Drawn anew at every move of a step: the canvas around it and the tools over it are not. */
function Drawing(props: Omit<GraphCanvasProps, 'flow' | 'children'>) {
  const flow = useDerived((derived) => derived.flow);
  return (
    <GraphCanvas {...props} flow={flow}>
      {tools}
    </GraphCanvas>
  );
}

function DrawingTools() {
  return <CanvasTools stepCount={useDerived((derived) => derived.flow.nodes.length)} />;
}

const tools = (
  <>
    <PaperLayer />
    <CanvasToolbar />
    <ArrangeBar />
    <DrawingTools />
    <RefusalCard />
    <StepToolbar />
    <DragLayer />
    <PutInChips />
  </>
);

/** Follows every answer of the server, and draws nothing. */
function InnerGraphs(): null {
  useInnerGraphs();
  return null;
}

function useQuickAddByDoubleClick(): (event: MouseEvent | KeyboardEvent) => void {
  const { store } = useEditor();
  const flow = useReactFlow();
  return (event) => {
    if (!('clientX' in event) || !(event.target instanceof HTMLElement)) return;
    if (!event.target.classList.contains('react-flow__pane') || store.getState().isReadOnly) return;
    const at = { x: event.clientX, y: event.clientY };
    store.getState().open({ kind: 'quick-add', at, place: flow.screenToFlowPosition(at), wire: null, edge: null });
  };
}
