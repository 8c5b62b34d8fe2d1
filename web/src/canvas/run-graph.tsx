import type { ComponentLookup } from '@pipewright/shared/component/component-interface.ts';
import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { adjacencyOf } from '@pipewright/shared/graph/adjacency.ts';
import { type NodeMouseHandler, ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';
import { CanvasTools } from './canvas-tools.tsx';
import { createFlowMapper, type FlowGraph, type StepNode } from './flow-graph.ts';
import { nodeHeight, nodeWidth } from './geometry.ts';
import { GraphCanvas } from './graph-canvas.tsx';
import { createRunFacts } from './run-facts.ts';
import { neighbourOf, directionOfKey } from './walk.ts';
import classes from './run-graph.module.css';

interface RunGraphProps {
  /** Null: no run is about it, it is only looked at. */
  readonly runId: string | null;
  /** The key of the pipeline inside the run whose graph it is; empty for the run's own. */
  readonly inside: string;
  /** The immutable document of the run. */
  readonly content: DraftContent;
  readonly components: ComponentLookup;
  readonly selectedStep: string | null;
  /** Null: nothing is selected any more. */
  readonly onSelectStep: (step: string | null) => void;
  /** A step that is a pipeline is to be opened. */
  readonly onOpenStep: (step: string) => void;
}

/** The graph of a run: its statuses live, nothing to edit. */
export function RunGraph(props: RunGraphProps) {
  return (
    <ReactFlowProvider>
      <RunGraphInside {...props} />
    </ReactFlowProvider>
  );
}

const none: ReadonlySet<string> = new Set();

function RunGraphInside({ runId, inside, content, components, selectedStep, onSelectStep, onOpenStep }: RunGraphProps) {
  const toFlow = useMemo(() => createFlowMapper(), []);
  const graph = useMemo(() => toFlow({ content, components, selectedSteps: none, selectedEdges: none, areScalarsShown: false }), [toFlow, content, components]);
  const flow = useMemo(() => withSelection(graph, selectedStep), [graph, selectedStep]);
  const facts = useMemo(() => {
    const { above } = adjacencyOf(content.document);
    const views = new Map(graph.nodes.map((node) => [node.id, node.data.view]));
    const prefix = inside === '' ? '' : `${inside}/`;
    const local = (key: string): string => key.slice(prefix.length);
    return createRunFacts(runId, {
      prefix,
      isPipeline: (step) => views.get(step)?.isPipeline ?? false,
      titleOf: (key) => views.get(local(key))?.title ?? key,
      sourcesOf: (key) => (above.get(local(key)) ?? []).map((source) => `${prefix}${source}`),
    });
  }, [runId, inside, content, graph]);

  const select = useRef(onSelectStep);
  const open = useRef(onOpenStep);
  useEffect(() => {
    select.current = onSelectStep;
    open.current = onOpenStep;
  });
  const flowProps = useMemo(() => {
    const onNodeClick: NodeMouseHandler<StepNode> = (_, node) => select.current(node.id);
    const onNodeDoubleClick: NodeMouseHandler<StepNode> = (_, node) => {
      if (node.data.view.isPipeline) open.current(node.id);
    };
    return {
      onNodeClick,
      onNodeDoubleClick,
      onPaneClick: () => select.current(null),
      nodesDraggable: false,
      nodesConnectable: false,
      elementsSelectable: false,
    };
  }, []);

  const region = useRef<HTMLElement>(null);
  useFocusOnSelected(region, selectedStep);
  const handleKeyDown = useCallback(
    (event: KeyboardEvent) => {
      if (event.key === 'Enter' && selectedStep !== null && event.target instanceof Element && event.target.closest('[data-step]'))
        return onOpenStep(selectedStep);
      const direction = directionOfKey(event.key);
      if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
      const next = neighbourOf(content, { from: selectedStep, direction });
      if (next === null) return;
      event.preventDefault();
      onSelectStep(next);
    },
    [content, selectedStep, onSelectStep, onOpenStep],
  );
  return (
    // The arrow keys of the whole graph begin here.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- a canvas is walked by keys
    <section ref={region} className={classes.region} aria-label="Pipeline" data-pane tabIndex={0} onKeyDown={handleKeyDown}>
      <GraphCanvas flow={flow} facts={facts} flowProps={flowProps}>
        <CanvasTools stepCount={flow.nodes.length} />
      </GraphCanvas>
    </section>
  );
}

function withSelection(graph: FlowGraph, selected: string | null): FlowGraph {
  const { nodes } = graph;
  if (selected === null) return graph;
  return { ...graph, nodes: nodes.map((node) => (node.id === selected ? { ...node, selected: true } : node)) };
}

/** Brings a newly selected step into view, and the keyboard to it when the keyboard is in the graph. */
function useFocusOnSelected(region: RefObject<HTMLElement | null>, step: string | null): void {
  const flow = useReactFlow<StepNode>();
  useEffect(() => {
    if (step === null) return;
    const node = flow.getNode(step);
    const element = region.current;
    if (!node || !element) return;
    const { x, y, zoom } = flow.getViewport();
    const left = node.position.x * zoom + x;
    const top = node.position.y * zoom + y;
    const isSeen = left >= 0 && top >= 0 && left + nodeWidth * zoom <= element.clientWidth && top + nodeHeight * zoom <= element.clientHeight;
    if (!isSeen) void flow.setCenter(node.position.x + nodeWidth / 2, node.position.y + nodeHeight / 2, { zoom, duration: 200 });
    if (!element.contains(document.activeElement)) return;
    element.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(step)}"] [data-step]`)?.focus({ preventScroll: true });
  }, [flow, region, step]);
}
