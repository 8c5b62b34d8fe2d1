import type { Layout } from '@pipewright/shared/pipeline/layout.ts';
import { Position as HandleSide, type NodeHandle } from '@xyflow/react';
import { countOf } from '../../ui/format/number.ts';
import type { ControlLink } from '../control-links.ts';
import type { GroupBox, StepEdge, StepNode } from '../flow-graph.ts';
import { nodeHeight, nodeSize, nodeWidth, portHit } from '../geometry.ts';
import type { StepView } from '../step-view.ts';
import type { UnfoldedGraph } from '../unfold.ts';
import { frameAround, titleOfGroup } from './frame-boxes.ts';

export interface Collapse {
  readonly groups: Layout['groups'];
  readonly collapsed: ReadonlySet<string>;
  readonly selectedGroups: ReadonlySet<string>;
}

/** No key of a step can begin like this. */
const groupStart = 'group:';
export const nodeOfGroup = (group: string): string => `${groupStart}${group.replaceAll('/', '%2F')}`;
export const isGroupNode = (id: string): boolean => id.startsWith(groupStart);

/** More wires than this on a side end at one place. */
const mostEnds = 6;

/**
 * Draws each collapsed group as one box in place of its steps: what leads into it or out of it ends there, what runs
 * inside is not drawn. What has not changed is the same object as before.
 */
export function createGroupCollapser(): (flow: UnfoldedGraph, collapse: Collapse) => UnfoldedGraph {
  const boxes = new Map<string, StepNode>();
  const edges = new Map<string, StepEdge>();
  return (flow, { groups, collapsed, selectedGroups }) => {
    const closed = Object.entries(groups).filter(([id, { steps }]) => collapsed.has(id) && steps.length > 0);
    if (closed.length === 0) return flow;
    const ownerOf = new Map(closed.flatMap(([id, { steps }]) => steps.map((step) => [step, nodeOfGroup(id)] as const)));
    const owner = (key: string): string | undefined => ownerOf.get(key.split('/')[0] ?? key);
    const members = new Map<string, StepNode[]>();
    const nodes = flow.nodes.filter((node) => {
      const box = owner(node.id);
      if (box === undefined) return true;
      if (!node.id.includes('/')) members.set(box, [...(members.get(box) ?? []), node]);
      return false;
    });
    const outside = flow.edges.flatMap((edge): StepEdge[] => {
      const [source, target] = [owner(edge.source), owner(edge.target)];
      if (source === undefined && target === undefined) return [edge];
      return source === target ? [] : [{ ...edge, source: source ?? edge.source, target: target ?? edge.target }];
    });
    const ends = endsOf(outside, new Set(ownerOf.values()));
    const drawn = closed.flatMap(([id, group]): StepNode[] => {
      const nodeId = nodeOfGroup(id);
      const node = boxFor(
        { id, title: titleOfGroup(group), color: group.color, steps: group.steps },
        { members: members.get(nodeId) ?? [], ends: ends.get(nodeId) },
      );
      return node ? [remembered(boxes, { ...node, selected: selectedGroups.has(id) })] : [];
    });
    return {
      ...flow,
      nodes: [...nodes, ...drawn],
      edges: outside.map((edge) => endAtBoxes(edge, ends, edges)),
      controls: collapseControls(flow.controls, owner),
    };
  };
}

/** Where wires end at a box: each thing that is read once, in the order in which it is met. */
interface Ends {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** What flows along an edge: the output that it comes from. */
const flowOf = ({ data, source, sourceHandle }: StepEdge): string =>
  data?.edge ? `${data.edge.from.step}.${data.edge.from.output}` : `${source}.${sourceHandle ?? ''}`;

function endsOf(edges: readonly StepEdge[], boxes: ReadonlySet<string>): ReadonlyMap<string, Ends> {
  const found = new Map<string, { inputs: Set<string>; outputs: Set<string> }>();
  const at = (box: string) => {
    const ends = found.get(box) ?? { inputs: new Set<string>(), outputs: new Set<string>() };
    found.set(box, ends);
    return ends;
  };
  for (const edge of edges) {
    if (boxes.has(edge.target)) at(edge.target).inputs.add(flowOf(edge));
    if (boxes.has(edge.source)) at(edge.source).outputs.add(flowOf(edge));
  }
  return new Map([...found].map(([box, { inputs, outputs }]) => [box, { inputs: [...inputs], outputs: [...outputs] }]));
}

const handleIn = (flow: string, all: readonly string[]): string => (all.length > mostEnds ? 'in' : `in ${all.indexOf(flow)}`);
const handleOut = (flow: string, all: readonly string[]): string => (all.length > mostEnds ? 'out' : `out ${all.indexOf(flow)}`);

function handlesFor({ inputs, outputs }: Ends): NodeHandle[] {
  const side = (all: readonly string[], isTarget: boolean): NodeHandle[] => {
    const count = all.length > mostEnds ? 1 : all.length;
    return Array.from({ length: count }, (_, index) => ({
      id: isTarget ? handleIn(all[index] ?? '', all) : handleOut(all[index] ?? '', all),
      type: isTarget ? 'target' : 'source',
      position: isTarget ? HandleSide.Top : HandleSide.Bottom,
      x: (nodeWidth * (index + 0.5)) / count - portHit / 2,
      y: (isTarget ? 0 : nodeHeight) - portHit / 2,
      width: portHit,
      height: portHit,
    }));
  };
  return [...side(inputs, true), ...side(outputs, false)];
}

const noEnds: Ends = { inputs: [], outputs: [] };

function boxFor(box: GroupBox, { members, ends = noEnds }: { readonly members: readonly StepNode[]; readonly ends: Ends | undefined }): StepNode | null {
  const frame = frameAround(members);
  if (frame === null) return null;
  return {
    id: nodeOfGroup(box.id),
    type: 'step',
    position: { x: Math.round(frame.x + (frame.width - nodeWidth) / 2), y: Math.round(frame.y) },
    data: { view: viewOf(box), box },
    measured: nodeSize,
    handles: handlesFor(ends),
    connectable: false,
    domAttributes: { 'aria-roledescription': undefined },
  };
}

/** A box has a name and nothing else of a step. */
const viewOf = ({ id, title, steps }: GroupBox): StepView => ({
  key: nodeOfGroup(id),
  title,
  subtitle: countOf(steps.length, 'step'),
  family: 'other',
  icon: undefined,
  version: '',
  inputs: [],
  outputs: [],
  isMissing: false,
  isElsewhere: false,
  itemNoun: 'item',
  loop: null,
  marks: [],
  aside: null,
  pinnedTo: null,
  isPipeline: false,
});

function remembered(known: Map<string, StepNode>, node: StepNode): StepNode {
  const before = known.get(node.id);
  const isSame =
    before !== undefined &&
    before.selected === node.selected &&
    before.position.x === node.position.x &&
    before.position.y === node.position.y &&
    JSON.stringify([before.data.box, before.handles]) === JSON.stringify([node.data.box, node.handles]);
  if (isSame) return before;
  const isDataSame = before !== undefined && JSON.stringify(before.data.box) === JSON.stringify(node.data.box);
  const next = isDataSame ? { ...node, data: before.data } : node;
  known.set(node.id, next);
  return next;
}

function endAtBoxes(edge: StepEdge, ends: ReadonlyMap<string, Ends>, known: Map<string, StepEdge>): StepEdge {
  const [out, into] = [ends.get(edge.source)?.outputs, ends.get(edge.target)?.inputs];
  if (!out && !into) return edge;
  const flow = flowOf(edge);
  const next: StepEdge = {
    ...edge,
    ...(out ? { sourceHandle: handleOut(flow, out) } : {}),
    ...(into ? { targetHandle: handleIn(flow, into) } : {}),
    reconnectable: false,
  };
  const before = known.get(edge.id);
  const isSame =
    before !== undefined &&
    before.data === next.data &&
    before.selected === next.selected &&
    before.source === next.source &&
    before.target === next.target &&
    before.sourceHandle === next.sourceHandle &&
    before.targetHandle === next.targetHandle;
  if (isSame) return before;
  known.set(edge.id, next);
  return next;
}

function collapseControls(controls: readonly ControlLink[], owner: (key: string) => string | undefined): readonly ControlLink[] {
  const links = new Map<string, ControlLink>();
  for (const link of controls) {
    const [from, to] = [owner(link.from) ?? link.from, owner(link.to) ?? link.to];
    if (from !== to) links.set(`${from} ${to}`, { ...link, from, to });
  }
  return [...links.values()];
}
