import type { ComponentLookup } from '@pipewright/shared/component/component-interface.ts';
import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { createFlowMapper, type DrawnGraph, type FlowInput, type StepNode } from './flow-graph.ts';
import { boxAround, gridSize, nodeSize, type Point, type Size } from './geometry.ts';
import { makeRoom, type Room } from './make-room.ts';
import { passingEdges } from './passing-edges.ts';
import { handlesOf, innerHandlesOf } from './port-slots.ts';

/** The graph of a step that is a pipeline. */
export interface InnerGraph {
  readonly content: DraftContent;
  readonly components: ComponentLookup;
}

export interface UnfoldInput extends FlowInput {
  /** The pipelines that lie unfolded in the graph, by their keys in it (`outer`, `outer/inner`). */
  readonly unfolded: ReadonlyMap<string, InnerGraph>;
  /** Another number has the room for them made anew: while steps are only moved, what gave way stays where it is. */
  readonly roomNumber: number;
}

export interface UnfoldedGraph extends DrawnGraph {
  /** By how much the steps of the document are drawn beside the places that it gives them. */
  readonly room: Room;
}

/** Inside the frame: its head, and space for the edges to and from its ports. */
const frameHead = 28;
const frameSide = 24;
const frameTop = frameHead + 40;
const frameBottom = 40;
const smallestFrame: Size = { width: 336, height: frameTop + frameBottom + nodeSize.height };
const noRoom: Room = new Map();

/** Draws a graph with pipelines unfolded in it, level by level; what has not changed is the same object as before. */
export function createUnfoldingMapper(prefix = ''): (input: UnfoldInput) => UnfoldedGraph {
  const toFlow = createFlowMapper(prefix);
  const inside = new Map<string, ReturnType<typeof createUnfoldingMapper>>();
  const roomFor = rememberRoom();
  return (input) => {
    const flow = toFlow(input);
    const open = input.unfolded.size === 0 ? [] : flow.nodes.filter(({ id, data }) => data.view.isPipeline && input.unfolded.has(id));
    if (open.length === 0) return { ...flow, room: noRoom };
    const frames = new Map<string, Frame>();
    for (const { id } of open) {
      const graph = input.unfolded.get(id);
      const draw = inside.get(id) ?? createUnfoldingMapper(`${id}/`);
      inside.set(id, draw);
      if (graph) frames.set(id, frameAround(draw({ ...input, ...graph, areScalarsShown: false })));
    }
    const room = roomFor(flow.nodes, frames, input.roomNumber);
    const nodes: StepNode[] = [];
    const edges = [...flow.edges];
    const controls = [...flow.controls];
    const views = [...flow.views];
    for (const node of flow.nodes) {
      const placed = movedBy(node, room.get(node.id) ?? origin);
      const frame = frames.get(node.id);
      const graph = input.unfolded.get(node.id);
      if (!frame || !graph) {
        nodes.push(placed);
        continue;
      }
      nodes.push(asFrame(placed, frame.size));
      const by = { x: placed.position.x + frame.inset.x, y: placed.position.y + frame.inset.y };
      for (const inner of frame.graph.nodes) nodes.push(movedBy(inner, by));
      edges.push(...frame.graph.edges, ...passingEdges(node.data.view, graph.content.document, frame.graph.nodes));
      controls.push(...frame.graph.controls);
      views.push(...frame.graph.views);
    }
    return { nodes, edges, controls, views, room };
  };
}

const origin: Point = { x: 0, y: 0 };

interface Frame {
  readonly graph: DrawnGraph;
  readonly size: Size;
  /** From the frame's corner to the origin of the graph in it. */
  readonly inset: Point;
}

function frameAround(graph: DrawnGraph): Frame {
  const box = boxAround(graph.nodes.map(({ position, measured }) => ({ ...position, ...measured }))) ?? { ...origin, ...nodeSize };
  const width = Math.max(smallestFrame.width, Math.ceil((box.width + 2 * frameSide) / (2 * gridSize)) * 2 * gridSize);
  const height = Math.max(smallestFrame.height, Math.ceil((frameTop + box.height + frameBottom) / gridSize) * gridSize);
  return { graph, size: { width, height }, inset: { x: (width - box.width) / 2 - box.x, y: frameTop - box.y } };
}

/** The room is made when a frame appears, changes its size or goes; a drag moves a node and nothing else. */
function rememberRoom(): (nodes: readonly StepNode[], frames: ReadonlyMap<string, Frame>, number: number) => Room {
  let made: { readonly of: string; readonly room: Room } | null = null;
  return (nodes, frames, number) => {
    const sizes = new Map([...frames].map(([id, { size }]) => [id, size]));
    const of = `${number} ${[...sizes].map(([id, { width, height }]) => `${id} ${width} ${height}`).join(' ')}`;
    if (made?.of === of) return made.room;
    made = {
      of,
      room: makeRoom(
        nodes.map(({ id, position }) => ({ id, ...position, ...nodeSize })),
        sizes,
      ),
    };
    return made.room;
  };
}

const moved = new WeakMap<StepNode, StepNode>();

/** The same node elsewhere; the same object for the same place. */
function movedBy(node: StepNode, by: Point): StepNode {
  if (by.x === 0 && by.y === 0) return node;
  const position = { x: node.position.x + by.x, y: node.position.y + by.y };
  const known = moved.get(node);
  if (known && known.position.x === position.x && known.position.y === position.y) return known;
  const next = { ...node, position };
  moved.set(node, next);
  return next;
}

const framed = new WeakMap<StepNode, StepNode>();

/** The node as the frame of its pipeline: held by its head, the rest of it lets the pointer through. */
function asFrame(node: StepNode, size: Size): StepNode {
  const known = framed.get(node);
  if (known?.measured?.width === size.width && known.measured.height === size.height) return known;
  const { view } = node.data;
  const next: StepNode = {
    ...node,
    data: { view, frame: size },
    measured: { ...size },
    handles: [...handlesOf(view, size), ...innerHandlesOf(view, size, frameHead)],
    dragHandle: '[data-frame-head]',
    className: 'pw-frame',
    style: { pointerEvents: 'none' },
  };
  framed.set(node, next);
  return next;
}
