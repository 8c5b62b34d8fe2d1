import type { ComponentLookup } from '@pipewright/shared/component/component-interface.ts';
import type { PipelineComparison } from '@pipewright/shared/draft/compare-pipelines.ts';
import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { edgeId } from '@pipewright/shared/graph/edges-of.ts';
import type { Position } from '@pipewright/shared/pipeline/layout.ts';
import { createFlowMapper, type FlowGraph, type StepEdge, type StepNode } from '../flow-graph.ts';
import { nodeGapX, nodeHeight, nodeWidth } from '../geometry.ts';
import { positionsOf } from '../positions-of.ts';

interface ComparedGraph {
  readonly comparison: PipelineComparison;
  readonly after: DraftContent;
  /** Those that both name. */
  readonly components: ComponentLookup;
}

const none: ReadonlySet<string> = new Set();

/** Two contents as one graph: that after, and in it what is gone, where it stood. Edges say in which of both they are. */
export function comparisonFlow({ comparison, after, components }: ComparedGraph): FlowGraph {
  const { before, addedEdges, removedEdges } = comparison;
  return unionFlow({ contents: [before, after], components, addedEdges: new Set(addedEdges.map(edgeId)), removedEdges: new Set(removedEdges.map(edgeId)) });
}

interface Union {
  /** Steps of one key are the same step; where it stands, the last one that has it says. */
  readonly contents: readonly DraftContent[];
  readonly components: ComponentLookup;
  /** By their ids. */
  readonly addedEdges: ReadonlySet<string>;
  readonly removedEdges: ReadonlySet<string>;
}

/** Several contents as one graph: the last one, and in it what only those before have, where it stood. */
export function unionFlow({ contents, components, addedEdges, removedEdges }: Union): FlowGraph {
  const draw = (content: DraftContent): FlowGraph =>
    createFlowMapper()({ content, components, selectedSteps: none, selectedEdges: none, areScalarsShown: false });
  const all = contents.reduceRight(withRemoved);
  const now = draw(all);
  const drawn = new Set(now.edges.map(({ id }) => id));
  const nodes = new Map(now.nodes.map((node) => [node.id, node]));
  const gone = contents.flatMap((content) =>
    draw(content).edges.filter((edge) => {
      const isNew = !drawn.has(edge.id) && hasEnds(edge, nodes);
      drawn.add(edge.id);
      return isNew;
    }),
  );
  const edges = [...now.edges, ...gone].map((edge) => marked(edge, addedEdges.has(edge.id) ? 'added' : removedEdges.has(edge.id) ? 'removed' : null));
  return { nodes: now.nodes, edges, controls: now.controls };
}

/** A port that nothing feeds any more may not be drawn: the list tells of it all the same. */
function hasEnds({ source, target, sourceHandle, targetHandle }: StepEdge, nodes: ReadonlyMap<string, StepNode>): boolean {
  const has = (key: string, handle: string | null | undefined): boolean => nodes.get(key)?.handles?.some(({ id }) => id === handle) ?? false;
  return has(source, sourceHandle) && has(target, targetHandle);
}

function marked(edge: StepEdge, difference: 'added' | 'removed' | null): StepEdge {
  if (difference === null) return edge;
  return { ...edge, ariaLabel: `${edge.ariaLabel}, ${difference}`, data: { edge: null, isBroken: false, difference } };
}

/** With the steps that only the earlier one has, beside what stands where they stood. */
function withRemoved(after: DraftContent, before: DraftContent): DraftContent {
  const removed = Object.keys(before.document.jobs).filter((key) => !Object.hasOwn(after.document.jobs, key));
  const taken: Position[] = Object.values(positionsOf(after));
  const stood = positionsOf(before);
  const jobs = { ...after.document.jobs };
  const places = { ...positionsOf(after) };
  for (const key of removed) {
    const step = before.document.jobs[key];
    if (!step) continue;
    const place = besideOthers(stood[key] ?? { x: 0, y: 0 }, taken);
    taken.push(place);
    jobs[key] = step;
    places[key] = place;
  }
  return { ...after, document: { ...after.document, jobs }, layout: { ...after.layout, steps: places } };
}

/** Where it stood; to the right of what stands there now. */
function besideOthers(wanted: Position, taken: readonly Position[]): Position {
  const covers = (place: Position): boolean => taken.some(({ x, y }) => Math.abs(x - place.x) < nodeWidth && Math.abs(y - place.y) < nodeHeight);
  let place = wanted;
  while (covers(place)) place = { x: place.x + nodeWidth + nodeGapX, y: place.y };
  return place;
}
