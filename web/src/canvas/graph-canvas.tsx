import { Background, BackgroundVariant, type EdgeTypes, type NodeTypes, ReactFlow, type ReactFlowProps, type Viewport } from '@xyflow/react';
import { useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import '@xyflow/react/dist/base.css';
import { type DetailLevel, DetailLevelProvider, isFarLevel, useDetailLevel } from './detail-level.tsx';
import { ControlEdges } from './control-edges.tsx';
import { FarEdges } from './far-edges.tsx';
import type { FlowGraph, StepEdge, StepNode } from './flow-graph.ts';
import { gridSize } from './geometry.ts';
import { openingViewport } from './opening-viewport.ts';
import { StepEdgeView } from './step-edge-view.tsx';
import { type StepFacts, StepFactsProvider } from './step-facts.ts';
import { StepNodeView } from './step-node-view.tsx';
import { useFarPress } from './use-far-press.ts';
import { useZoomVariable } from './use-zoom-variable.ts';
import classes from './graph-canvas.module.css';

/** Module scope: a new object per render would remount every node. One entry per kind, or it does not compile. */
const nodeTypes = { step: StepNodeView } satisfies NodeTypes & Record<StepNode['type'], unknown>;
const edgeTypes = { step: StepEdgeView } satisfies EdgeTypes & Record<NonNullable<StepEdge['type']>, unknown>;
const snapGrid: [number, number] = [gridSize, gridSize];
const attribution = { hideAttribution: true } as const;
const deleteKeys = null;
const multiSelectKeys = ['Shift', 'Control', 'Meta'];

/** From this many nodes on, those outside the window are not in the page. */
const cullFrom = 300;

type FlowProps = ReactFlowProps<StepNode, StepEdge>;

export interface GraphCanvasProps {
  readonly flow: FlowGraph;
  readonly facts: StepFacts;
  /** Everything else that React Flow takes: handlers and what may be done. Stable values only. */
  readonly flowProps?: FlowProps;
  /** Where to look at first; the whole graph otherwise. */
  readonly viewport?: Viewport | undefined;
  /** Tools and cards that lie over the graph. */
  readonly children?: ReactNode;
}

/** The graph paper with steps and edges on it: what the designer and the run page share. */
export function GraphCanvas({ flow, facts, flowProps, viewport, children }: GraphCanvasProps) {
  const [opening, setOpening] = useState<Viewport | null>(null);
  const first = useRef({ nodes: flow.nodes, viewport });
  // The first look is worked out before the first drawing, so that nothing jumps and nothing is drawn in vain.
  const measure = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const { nodes, viewport: wanted } = first.current;
    setOpening((known) => known ?? wanted ?? openingViewport(nodes, { width: element.clientWidth, height: element.clientHeight }));
  }, []);
  return (
    <StepFactsProvider value={facts}>
      <div className={classes.canvas} ref={measure}>
        {opening && (
          <DetailLevelProvider openingZoom={opening.zoom}>
            <Paper flow={flow} flowProps={flowProps} opening={opening}>
              {children}
            </Paper>
          </DetailLevelProvider>
        )}
      </div>
    </StepFactsProvider>
  );
}

interface PaperProps extends Pick<GraphCanvasProps, 'flow' | 'flowProps' | 'children'> {
  readonly opening: Viewport;
}

function Paper({ flow, flowProps, opening, children }: PaperProps) {
  const scheme = useComputedColorScheme('light');
  const isFar = isFarLevel(useDetailLevel());
  const handleFarPress = useFarPress(flow, flowProps);
  // React Flow keeps those that are selected, because what is selected next may end that.
  const farEdges = useMemo(() => flow.edges.filter(({ selected }) => selected), [flow.edges]);
  return (
    <ReactFlow<StepNode, StepEdge>
      nodes={flow.nodes}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      colorMode={scheme}
      defaultViewport={opening}
      minZoom={0.05}
      maxZoom={2}
      snapToGrid
      snapGrid={snapGrid}
      panOnScroll
      zoomOnDoubleClick={false}
      panActivationKeyCode="Space"
      multiSelectionKeyCode={multiSelectKeys}
      deleteKeyCode={deleteKeys}
      onlyRenderVisibleElements={flow.nodes.length >= cullFrom}
      nodesFocusable={false}
      edgesFocusable={false}
      disableKeyboardA11y
      elevateNodesOnSelect={false}
      proOptions={attribution}
      {...flowProps}
      edges={isFar ? farEdges : flow.edges}
      onPaneClick={isFar ? handleFarPress : flowProps?.onPaneClick}
    >
      {isFar && <FarEdges flow={flow} />}
      <ControlEdges flow={flow} />
      <CanvasLevels>{children}</CanvasLevels>
    </ReactFlow>
  );
}

/** The dots of the paper thin out, so that from afar they are neither a grey fog nor a thousand dots to paint. */
const paper = {
  full: { gap: 16, size: 1.6 },
  title: { gap: 32, size: 2.4 },
  outline: { gap: 64, size: 5 },
  block: { gap: 192, size: 10 },
} as const satisfies Record<DetailLevel, unknown>;

function CanvasLevels({ children }: { readonly children: ReactNode }) {
  useZoomVariable();
  return (
    <>
      <Background variant={BackgroundVariant.Dots} {...paper[useDetailLevel()]} />
      {children}
    </>
  );
}
