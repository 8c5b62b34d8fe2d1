import type { Position } from '@pipewright/shared/pipeline/layout.ts';
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import type { FlowGraph } from '../../../canvas/flow-graph.ts';
import { boxAround, nodeGapX, nodeGapY, nodeHeight, nodeWidth, snapToGrid } from '../../../canvas/geometry.ts';
import { slotsOf } from '../../../canvas/port-slots.ts';

/** From this many steps on the layout is computed with less patience. */
const largeFrom = 300;

/** The graph as ELK wants it: known sizes, ports at fixed places, rows downwards. Only these steps, if any are named. */
export function toElkGraph({ nodes, edges }: FlowGraph, only: ReadonlySet<string>): ElkNode {
  const placed = only.size === 0 ? nodes : nodes.filter(({ id }) => only.has(id));
  const ids = new Set(placed.map(({ id }) => id));
  const isLarge = placed.length >= largeFrom;
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
    },
    children: placed.map(({ id, data }) => ({
      id,
      width: nodeWidth,
      height: nodeHeight,
      layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
      ports: [...slotsOf(data.view, 'inputs'), ...slotsOf(data.view, 'outputs')].map((slot) => ({
        id: `${id}.${slot.id}`,
        x: slot.point.x,
        y: slot.point.y,
        width: 0,
        height: 0,
        layoutOptions: { 'elk.port.side': slot.side === 'inputs' ? 'NORTH' : 'SOUTH' },
      })),
    })),
    edges: edges
      .filter(({ source, target }) => ids.has(source) && ids.has(target))
      .map((edge): ElkExtendedEdge => ({
        id: edge.id,
        sources: [`${edge.source}.${edge.sourceHandle}`],
        targets: [`${edge.target}.${edge.targetHandle}`],
      })),
  };
}

/** Where ELK put the steps, on our grid: the whole with its top left corner where it was, a part around its old middle. */
export function fromElkGraph(result: ElkNode, before: Readonly<Record<string, Position>>, isPart = false): ReadonlyMap<string, Position> {
  const laid = (result.children ?? []).map(({ id, x = 0, y = 0 }) => ({ id, x, y }));
  const [was, is] = [boxAround(laid.flatMap(({ id }) => before[id] ?? [])), boxAround(laid)];
  const half = isPart ? 0.5 : 0;
  const shift = was && is ? { x: was.x - is.x + half * (was.width - is.width), y: was.y - is.y + half * (was.height - is.height) } : { x: 0, y: 0 };
  return new Map(laid.map(({ id, x, y }) => [id, snapToGrid({ x: x + shift.x, y: y + shift.y })]));
}
