import { useComputedColorScheme } from '@mantine/core';
import { Panel, type ReactFlowState, useReactFlow, useStoreApi } from '@xyflow/react';
import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import type { StepNode } from './flow-graph.ts';
import { nodeSize } from './geometry.ts';
import { createMapPainter, type MapStep, windowOf } from './map-painter.ts';
import { rememberedStatus } from './map-status.ts';
import { useStepFacts } from './step-facts.ts';
import classes from './graph-canvas.module.css';

const size = { width: 164, height: 124 } as const;
/** Steps that are dragged, or change their status, show on the map so much later: nobody looks there meanwhile. */
const stepsAfterMs = 100;

/** Every step as a spot in the colour of its status, and the window over them. It can be dragged, and the wheel zooms. */
export function MiniMap() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scale = usePainting(canvas);
  const flow = useReactFlow();
  useWheel(canvas);
  const drag = useRef({ x: 0, y: 0 });
  const handlePointerDown = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, y: event.clientY };
  };
  const handlePointerMove = (event: PointerEvent<HTMLCanvasElement>): void => {
    // A pointer that something else has in the hand passes over.
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { x, y, zoom } = flow.getViewport();
    const by = zoom / scale.current;
    void flow.setViewport({ x: x - (event.clientX - drag.current.x) * by, y: y - (event.clientY - drag.current.y) * by, zoom });
    drag.current = { x: event.clientX, y: event.clientY };
  };
  return (
    <Panel position="bottom-left" className={classes.map} style={size}>
      <canvas ref={canvas} role="img" aria-label="Map of the pipeline" onPointerDown={handlePointerDown} onPointerMove={handlePointerMove} />
    </Panel>
  );
}

/** Paints once a frame, when something of it has changed; answers with the scale of what was painted. */
function usePainting(canvas: RefObject<HTMLCanvasElement | null>): RefObject<number> {
  const api = useStoreApi<StepNode>();
  const facts = useStepFacts();
  const scheme = useComputedColorScheme('light');
  const scale = useRef(1);
  useEffect(() => {
    if (!canvas.current) return;
    const paint = createMapPainter({ canvas: canvas.current, size });
    const statusOf = rememberedStatus(facts);
    let steps: readonly MapStep[] | null = null;
    let frame: number | null = null;
    const paintNow = (): void => {
      frame = null;
      const { nodes, transform, width, height } = api.getState();
      const [x, y, zoom] = transform;
      steps ??= nodes.map((node) => toMapStep(node, statusOf));
      if (width > 0) scale.current = paint({ steps, window: windowOf({ x, y, zoom }, { width, height }) }).scale;
    };
    const paintSoon = (): void => void (frame ??= requestAnimationFrame(paintNow));
    let due: ReturnType<typeof setTimeout> | null = null;
    const stepsSoon = (): void => {
      due ??= setTimeout(() => {
        due = null;
        steps = null;
        paintSoon();
      }, stepsAfterMs);
    };
    const stopCanvas = api.subscribe((state, before) => {
      if (state.nodes !== before.nodes) stepsSoon();
      if (isWindowNew(state, before)) paintSoon();
    });
    const stopStatuses = facts.statuses.subscribe(stepsSoon);
    paintSoon();
    return () => {
      stopCanvas();
      stopStatuses();
      if (frame !== null) cancelAnimationFrame(frame);
      if (due !== null) clearTimeout(due);
    };
    // The colours are those of the theme.
  }, [api, canvas, facts, scheme]);
  return scale;
}

function isWindowNew(state: ReactFlowState<StepNode>, before: ReactFlowState<StepNode>): boolean {
  return state.transform !== before.transform || state.width !== before.width || state.height !== before.height;
}

function toMapStep(node: StepNode, statusOf: (node: StepNode) => MapStep['status']): MapStep {
  const { position, data, selected = false } = node;
  return { ...position, ...(data.frame ?? nodeSize), status: statusOf(node), isSelected: selected };
}

/** React hears of the wheel too late to keep the page from zooming with it. */
function useWheel(canvas: RefObject<HTMLCanvasElement | null>): void {
  const flow = useReactFlow();
  useEffect(() => {
    const element = canvas.current;
    const zoom = (event: WheelEvent): void => {
      event.preventDefault();
      // Pixels, lines or pages.
      const unit = [0.002, 0.05, 1][event.deltaMode] ?? 1;
      void flow.zoomTo(flow.getZoom() * 2 ** (-event.deltaY * unit));
    };
    element?.addEventListener('wheel', zoom, { passive: false });
    return () => element?.removeEventListener('wheel', zoom);
  }, [canvas, flow]);
}
