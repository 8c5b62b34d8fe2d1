import { type ReactFlowProps, useReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { edgeLines, edgeNear } from './edge-lines.ts';
import type { FlowGraph, StepEdge, StepNode } from './flow-graph.ts';

/** On the screen: so far from an edge it is meant all the same. */
const reach = 6;

type PaneClick = ReactFlowProps<StepNode, StepEdge>['onPaneClick'];

/** From afar edges have no elements that take the pointer: a press on the paper selects the one that passes there. */
export function useFarPress(flow: FlowGraph, { onPaneClick, onEdgesChange, elementsSelectable = true }: ReactFlowProps<StepNode, StepEdge> = {}): PaneClick {
  const canvas = useReactFlow();
  return useMemo(() => {
    if (!elementsSelectable || !onEdgesChange) return onPaneClick;
    return (event) => {
      onPaneClick?.(event);
      const within = reach / canvas.getZoom();
      const lines = edgeLines(flow).filter(({ edge }) => edge.selectable !== false);
      const found = edgeNear(lines, canvas.screenToFlowPosition({ x: event.clientX, y: event.clientY }), within);
      if (found) onEdgesChange([{ type: 'select', id: found.edge.id, selected: true }]);
    };
  }, [canvas, flow, onPaneClick, onEdgesChange, elementsSelectable]);
}
