import { type NodeMouseHandler, ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { type ReactNode, type RefObject, useEffect, useMemo, useRef } from 'react';
import { CanvasTools } from '../canvas-tools.tsx';
import { centerOn } from '../center-on.ts';
import { constantFact, unchanging } from '../fact.ts';
import type { FlowGraph, StepNode } from '../flow-graph.ts';
import { nodeHeight, nodeWidth } from '../geometry.ts';
import { GraphCanvas } from '../graph-canvas.tsx';
import type { StepFacts } from '../step-facts.ts';
import type { StepStrip } from '../step-strip.ts';
import { stripOfDifference } from './difference-words.ts';
import classes from './compare.module.css';

interface ComparisonCanvasProps {
  readonly flow: FlowGraph;
  /** How each step stands; one that is not in it is the same. */
  readonly strips: ReadonlyMap<string, StepStrip>;
  readonly selected: string | null;
  readonly onSelect: (step: string | null) => void;
  /** In a card there is no room for a map. */
  readonly isInCard?: boolean;
  readonly children?: ReactNode;
}

/** Two contents as one graph, to be looked at. */
export function ComparisonCanvas(props: ComparisonCanvasProps) {
  return (
    <ReactFlowProvider>
      <Inside {...props} />
    </ReactFlowProvider>
  );
}

function Inside({ flow, strips, selected, onSelect, isInCard = false, children }: ComparisonCanvasProps) {
  const region = useRef<HTMLElement>(null);
  const facts = useMemo(() => factsOf(strips), [strips]);
  const latest = useRef(onSelect);
  useEffect(() => {
    latest.current = onSelect;
  });
  const flowProps = useMemo(() => {
    const onNodeClick: NodeMouseHandler<StepNode> = (_, node) => latest.current(node.id);
    return { onNodeClick, onPaneClick: () => latest.current(null), nodesDraggable: false, nodesConnectable: false, elementsSelectable: false };
  }, []);
  const shown = useMemo(
    () => (selected === null ? flow : { ...flow, nodes: flow.nodes.map((node) => (node.id === selected ? { ...node, selected: true } : node)) }),
    [flow, selected],
  );
  useCenterOn(region, selected);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a canvas takes the keyboard
    <section ref={region} className={classes.region} aria-label="Comparison" data-pane data-canvas tabIndex={0}>
      <GraphCanvas flow={shown} facts={facts} flowProps={flowProps}>
        <CanvasTools stepCount={isInCard ? 0 : flow.nodes.length} />
        {children}
      </GraphCanvas>
    </section>
  );
}

function factsOf(strips: ReadonlyMap<string, StepStrip>): StepFacts {
  const facts = new Map([...strips].map(([key, strip]) => [key, constantFact(strip)]));
  const same = constantFact(stripOfDifference(undefined));
  const [noStatus, plain, noProblems] = [constantFact('none' as const), constantFact('plain' as const), constantFact(0)];
  return {
    keyOf: (step) => step,
    strip: (step) => facts.get(step) ?? same,
    status: () => noStatus,
    statuses: unchanging,
    portMark: () => plain,
    problemCount: () => noProblems,
    nesting: null,
    StepTools: null,
    EdgeTools: null,
  };
}

function useCenterOn(region: RefObject<HTMLElement | null>, step: string | null): void {
  const flow = useReactFlow<StepNode>();
  useEffect(() => {
    const node = step === null ? undefined : flow.getNode(step);
    if (!node || !region.current) return;
    const zoom = Math.max(0.75, flow.getZoom());
    centerOn(flow, region.current, { x: node.position.x + nodeWidth / 2, y: node.position.y + nodeHeight / 2, zoom });
  }, [flow, region, step]);
}
