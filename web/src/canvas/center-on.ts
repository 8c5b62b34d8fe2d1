import type { ReactFlowInstance } from '@xyflow/react';
import type { StepNode } from './flow-graph.ts';
import type { Point } from './geometry.ts';

/**
 * Puts a point of the graph into the middle of its window. The window is measured: a panel that opens along with a
 * selection has taken its part of it before React Flow knows.
 */
export function centerOn(flow: ReactFlowInstance<StepNode>, window: HTMLElement, { x, y, zoom }: Point & { readonly zoom: number }): void {
  void flow.setViewport({ x: window.clientWidth / 2 - x * zoom, y: window.clientHeight / 2 - y * zoom, zoom }, { duration: 200 });
}
