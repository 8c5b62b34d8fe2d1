import type { ComponentLookup } from '@pipewright/shared/component/component-interface.ts';
import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { type NodeMouseHandler, type ReactFlowInstance, ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { useMyName } from '../api/workspace.ts';
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';
import { CanvasTools } from './canvas-tools.tsx';
import { centerOn } from './center-on.ts';
import type { DrawnGraph, FlowGraph, StepNode } from './flow-graph.ts';
import { nodeSize } from './geometry.ts';
import { GraphCanvas } from './graph-canvas.tsx';
import { createRunFacts, type RunGraphNames, sourcesIn } from './run-facts.ts';
import type { Nesting, StepFacts } from './step-facts.ts';
import { createGroupCollapser } from './paper/collapse-groups.ts';
import { LookedAtPaper } from './paper/looked-at-paper.tsx';
import { useFoldedGroups } from './paper/use-folded-groups.ts';
import { createUnfoldingMapper, type InnerGraph } from './unfold.ts';
import { useShowUnfolded } from './use-show-unfolded.ts';
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
  /** The pipelines that lie unfolded in it, by their keys in this graph. */
  readonly unfolded: ReadonlyMap<string, InnerGraph>;
  /** A step of the graph, or of a pipeline that lies unfolded in it (`outer/step`). */
  readonly selectedStep: string | null;
  /** Null: nothing is selected any more. */
  readonly onSelectStep: (step: string | null) => void;
  /** Pipelines in it are not opened, nor unfolded. */
  readonly isFlat?: boolean;
  /** A step that is a pipeline is to be opened. */
  readonly onOpenStep: (step: string) => void;
  /** A step that is a pipeline is to be unfolded in its place, or folded. */
  readonly onToggleStep: (step: string) => void;
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

function RunGraphInside(props: RunGraphProps) {
  const { content, components, unfolded, selectedStep } = props;
  const toFlow = useMemo(() => createUnfoldingMapper(), []);
  const graph = useMemo(
    () => toFlow({ content, components, unfolded, roomNumber: 0, selectedSteps: none, selectedEdges: none, areScalarsShown: false }),
    [toFlow, content, components, unfolded],
  );
  const groups = useFoldedGroups({ name: nameOfGraph(props), groups: content.layout.groups, selectedStep });
  const collapse = useMemo(() => createGroupCollapser(), []);
  const collapsed = useMemo(
    () => collapse(graph, { groups: content.layout.groups, collapsed: groups.folded, selectedGroups: none }),
    [collapse, graph, content, groups.folded],
  );
  const flow = useMemo(() => withSelection(collapsed, selectedStep), [collapsed, selectedStep]);
  const region = useRef<HTMLElement>(null);
  const fold = (group: string, isFolded: boolean): void => {
    groups.setFolded(group, isFolded);
    // What had the keyboard is drawn no more.
    setTimeout(() => region.current?.querySelector<HTMLElement>(`[data-group="${CSS.escape(group)}"] button`)?.focus({ preventScroll: true }));
  };
  const acts = useStableActs({ ...props, onFold: fold });
  const facts = useRunFacts(props, graph, acts);
  const flowProps = useMemo(() => {
    const onNodeClick: NodeMouseHandler<StepNode> = (_, node) => {
      if (!node.data.box) acts.select(node.id);
    };
    const onNodeDoubleClick: NodeMouseHandler<StepNode> = (_, node) => {
      if (node.data.box) acts.fold(node.data.box.id, false);
      if (node.data.view.isPipeline) acts.open(node.id);
    };
    return { onNodeClick, onNodeDoubleClick, onPaneClick: () => acts.select(null), nodesDraggable: false, nodesConnectable: false, elementsSelectable: false };
  }, [acts]);

  useFocusOnSelected(region, selectedStep);
  useShowUnfolded(region, unfolded);
  const walk = useGraphKeys(props, graph);
  const handleKeyDown = (event: KeyboardEvent): void => {
    const around = groupToFold(event, graph, { groups: content.layout.groups, step: selectedStep });
    if (around === null) return walk(event);
    event.preventDefault();
    acts.fold(around, !groups.folded.has(around));
  };
  return (
    // The arrow keys of the whole graph begin here.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- a canvas is walked by keys
    <section ref={region} className={classes.region} aria-label="Pipeline" data-pane tabIndex={0} onKeyDown={handleKeyDown}>
      <GraphCanvas flow={flow} facts={facts} flowProps={flowProps}>
        <CanvasTools stepCount={flow.nodes.length} />
        <LookedAtPaper layout={content.layout} nodes={flow.nodes} onFold={acts.foldUp} />
      </GraphCanvas>
    </section>
  );
}

/** How a person looks at a run is kept in this browser; at what no run is about, as long as it is shown. */
const nameOfGraph = ({ runId, inside }: RunGraphProps): string | null => (runId === null ? null : `run ${runId} ${inside}`.trim());

interface Acts extends Nesting {
  readonly select: (step: string | null) => void;
  readonly fold: (group: string, isFolded: boolean) => void;
  readonly foldUp: (group: string) => void;
}

/** The same functions for as long as the graph is there, so that no render of a parent reaches the canvas. */
function useStableActs({ onSelectStep, onOpenStep, onToggleStep, onFold }: RunGraphProps & { readonly onFold: Acts['fold'] }): Acts {
  const latest = useRef({ onSelectStep, onOpenStep, onToggleStep, onFold });
  useEffect(() => {
    latest.current = { onSelectStep, onOpenStep, onToggleStep, onFold };
  });
  return useMemo(
    () => ({
      select: (step) => latest.current.onSelectStep(step),
      open: (step) => latest.current.onOpenStep(step),
      toggle: (step) => latest.current.onToggleStep(step),
      fold: (group, isFolded) => latest.current.onFold(group, isFolded),
      foldUp: (group) => latest.current.onFold(group, true),
    }),
    [],
  );
}

function useRunFacts({ runId, inside, isFlat = false }: RunGraphProps, graph: DrawnGraph, acts: Acts): StepFacts {
  const me = useMyName();
  return useMemo(() => {
    const sources = sourcesIn(graph);
    const views = new Map(graph.views.map((view) => [view.key, view]));
    const prefix = inside === '' ? '' : `${inside}/`;
    const local = (key: string): string => key.slice(prefix.length);
    const names: RunGraphNames = {
      me,
      prefix,
      doneBy: (step) => views.get(step)?.loop ?? step,
      subtitleOf: (step) => views.get(step)?.subtitle ?? '',
      itemNoun: (step) => views.get(step)?.itemNoun ?? 'item',
      isPipeline: (step) => views.get(step)?.isPipeline ?? false,
      titleOf: (key) => views.get(local(key))?.title ?? key,
      sourcesOf: (key) => (sources.get(local(key)) ?? []).map((source) => `${prefix}${source}`),
    };
    return createRunFacts(runId, names, { nesting: isFlat ? null : acts, expandGroup: (group) => acts.fold(group, false) });
  }, [runId, inside, isFlat, graph, acts, me]);
}

/** E folds the frame around a step that is no pipeline, and unfolds it; null for every other key. */
function groupToFold({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, { nodes }: FlowGraph, { groups, step }: Selected): string | null {
  if (key.toLowerCase() !== 'e' || ctrlKey || metaKey || altKey) return null;
  if (nodes.some(({ id, data }) => id === step && data.view.isPipeline)) return null;
  return Object.entries(groups).find(([, { steps }]) => step !== null && steps.includes(step))?.[0] ?? null;
}

interface Selected {
  readonly groups: DraftContent['layout']['groups'];
  readonly step: string | null;
}

/** Arrows walk, Enter opens, E unfolds and folds, Esc goes one level up. */
function useGraphKeys({ selectedStep, onSelectStep, onOpenStep, onToggleStep }: RunGraphProps, graph: FlowGraph): (event: KeyboardEvent) => void {
  return useCallback(
    (event) => {
      const around = selectedStep?.includes('/') ? selectedStep.slice(0, selectedStep.lastIndexOf('/')) : null;
      const isOnStep = event.target instanceof Element && event.target.closest('[data-step]') !== null;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (selectedStep !== null && isOnStep && (event.key === 'Enter' || event.key.toLowerCase() === 'o')) return onOpenStep(selectedStep);
      if (selectedStep !== null && event.key.toLowerCase() === 'e') {
        const isPipeline = graph.nodes.some(({ id, data }) => id === selectedStep && data.view.isPipeline);
        const pipeline = isPipeline ? selectedStep : around;
        if (pipeline === null) return;
        event.preventDefault();
        if (pipeline !== selectedStep) onSelectStep(pipeline);
        return onToggleStep(pipeline);
      }
      if (event.key === 'Escape' && around !== null) {
        event.preventDefault();
        return onSelectStep(around);
      }
      const direction = directionOfKey(event.key);
      const next = direction && neighbourOf(graph, { from: selectedStep, direction });
      if (next === null) return;
      event.preventDefault();
      onSelectStep(next);
    },
    [graph, selectedStep, onSelectStep, onOpenStep, onToggleStep],
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
    // What has just come out of a folded frame is drawn one turn later.
    const timer = setTimeout(() => region.current && showSelected(flow, region.current, step));
    return () => clearTimeout(timer);
  }, [flow, region, step]);
}

function showSelected(flow: ReactFlowInstance<StepNode>, element: HTMLElement, step: string): void {
  const node = flow.getNode(step);
  if (!node) return;
  const { x, y, zoom } = flow.getViewport();
  const left = node.position.x * zoom + x;
  const top = node.position.y * zoom + y;
  // Of a frame, its head.
  const { width, height } = nodeSize;
  const isSeen = left >= 0 && top >= 0 && left + width * zoom <= element.clientWidth && top + height * zoom <= element.clientHeight;
  if (!isSeen && node.data.frame === undefined) centerOn(flow, element, { x: node.position.x + width / 2, y: node.position.y + height / 2, zoom });
  if (!element.contains(document.activeElement)) return;
  element.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(step)}"] [data-step]`)?.focus({ preventScroll: true });
}
