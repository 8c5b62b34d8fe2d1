import type { FrameRoom, Layout, Position } from '@pipewright/shared/pipeline/layout.ts';
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import type { FlowGraph, StepNode } from '../../../canvas/flow-graph.ts';
import { boxAround, nodeGapX, nodeGapY, nodeHeight, nodeWidth, snapToGrid } from '../../../canvas/geometry.ts';
import { slotsOf } from '../../../canvas/port-slots.ts';
import { framePadding, frameTop, noRoom } from '../../../canvas/paper/frame-boxes.ts';

/** From this many steps on the layout is computed with less patience. */
const largeFrom = 300;

export interface TidyOptions {
  /** Only these nodes; all, if none are named. */
  readonly only: ReadonlySet<string>;
  /** Groups that lie open: what is in one stays together, in its frame. */
  readonly groups?: Layout['groups'];
  /** How much room a node needs besides its own, for the notes beside it. */
  readonly room?: ReadonlyMap<string, FrameRoom>;
}

/** The graph as ELK wants it: known sizes, ports at fixed places, rows downwards. */
export function toElkGraph({ nodes, edges }: FlowGraph, { only, groups = {}, room = new Map() }: TidyOptions): ElkNode {
  const placed = only.size === 0 ? nodes : nodes.filter(({ id }) => only.has(id));
  const ids = new Set(placed.map(({ id }) => id));
  const isLarge = placed.length >= largeFrom;
  const frames = Object.entries(groups).filter(([, { steps }]) => steps.length > 0 && steps.every((step) => ids.has(step)));
  const framed = new Set(frames.flatMap(([, { steps }]) => steps));
  const byId = new Map(placed.map((node) => [node.id, elkNode(node, room.get(node.id) ?? noRoom)]));
  const children = [
    ...placed.flatMap(({ id }) => (framed.has(id) ? [] : (byId.get(id) ?? []))),
    ...frames.map(([id, { steps, room: extra }]): ElkNode => ({
      id: `${frameStart}${id}`,
      layoutOptions: { 'elk.padding': paddingOf(extra) },
      children: steps.flatMap((step) => byId.get(step) ?? []),
    })),
  ];
  return {
    id: 'pipeline',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'DOWN',
      'elk.spacing.nodeNode': String(nodeGapX),
      'elk.layered.spacing.nodeNodeBetweenLayers': String(nodeGapY),
      'elk.spacing.componentComponent': '48',
      'elk.layered.nodePlacement.strategy': isLarge ? 'SIMPLE' : 'NETWORK_SIMPLEX',
      'elk.layered.thoroughness': isLarge ? '1' : '10',
      'elk.edgeRouting': isLarge ? 'POLYLINE' : 'SPLINES',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      ...(frames.length === 0 ? {} : { 'elk.hierarchyHandling': 'INCLUDE_CHILDREN' }),
    },
    children,
    edges: edges
      .filter(({ source, target }) => ids.has(source) && ids.has(target))
      .map((edge): ElkExtendedEdge => ({
        id: edge.id,
        sources: [`${edge.source}.${edge.sourceHandle}`],
        targets: [`${edge.target}.${edge.targetHandle}`],
      })),
  };
}

const frameStart = 'frame ';

function paddingOf({ left, top, right, bottom }: FrameRoom = noRoom): string {
  return `[top=${frameTop + top},left=${framePadding + left},bottom=${framePadding + bottom},right=${framePadding + right}]`;
}

/** Ports at the edge of all that the node needs, or ELK would have the wire begin inside it. */
function elkNode(node: StepNode, { left, top, right, bottom }: FrameRoom): ElkNode {
  const { id } = node;
  return {
    id,
    width: left + nodeWidth + right,
    height: top + nodeHeight + bottom,
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
    ports: portsOf(node).map((port) => ({
      id: `${id}.${port.id}`,
      x: left + port.x,
      y: port.isInput ? 0 : top + nodeHeight + bottom,
      width: 0,
      height: 0,
      layoutOptions: { 'elk.port.side': port.isInput ? 'NORTH' : 'SOUTH' },
    })),
  };
}

/** A collapsed group has handles only where wires end at it. */
function portsOf({ data, handles = [] }: StepNode): { readonly id: string; readonly x: number; readonly isInput: boolean }[] {
  if (data.box) return handles.map(({ id, x, width = 0, type }) => ({ id: id ?? '', x: x + width / 2, isInput: type === 'target' }));
  return [...slotsOf(data.view, 'inputs'), ...slotsOf(data.view, 'outputs')].map(({ id, point, side }) => ({ id, x: point.x, isInput: side === 'inputs' }));
}

interface Laid {
  readonly before: Readonly<Record<string, Position>>;
  readonly isPart?: boolean;
  readonly room?: ReadonlyMap<string, FrameRoom>;
}

/** Where ELK put the nodes, on our grid: the whole with its top left corner where it was, a part around its old middle. */
export function fromElkGraph(result: ElkNode, { before, isPart = false, room = new Map() }: Laid): ReadonlyMap<string, Position> {
  const laid = placesIn(result, { x: 0, y: 0 }).map(({ id, x, y }) => ({ id, x: x + (room.get(id)?.left ?? 0), y: y + (room.get(id)?.top ?? 0) }));
  const [was, is] = [boxAround(laid.flatMap(({ id }) => before[id] ?? [])), boxAround(laid)];
  const half = isPart ? 0.5 : 0;
  const shift = was && is ? { x: was.x - is.x + half * (was.width - is.width), y: was.y - is.y + half * (was.height - is.height) } : { x: 0, y: 0 };
  return new Map(laid.map(({ id, x, y }) => [id, snapToGrid({ x: x + shift.x, y: y + shift.y })]));
}

/** What is in a frame is placed from the frame's corner. */
function placesIn({ children = [] }: ElkNode, from: Position): { readonly id: string; readonly x: number; readonly y: number }[] {
  return children.flatMap((child) => {
    const place = { x: from.x + (child.x ?? 0), y: from.y + (child.y ?? 0) };
    return child.id.startsWith(frameStart) ? placesIn(child, place) : [{ id: child.id, ...place }];
  });
}
