import type { Position } from '@pipewright/shared/pipeline/layout.ts';
import { edgeNear } from '../../../canvas/edge-lines.ts';
import type { StepNode } from '../../../canvas/flow-graph.ts';
import { type Box, boxAround, gridSize, nodeHeight, nodeSize, nodeWidth, type Point } from '../../../canvas/geometry.ts';
import { isGroupNode } from '../../../canvas/paper/collapse-groups.ts';
import { positionsOf } from '../../../canvas/positions-of.ts';
import { usePreferences } from '../../../ui/preferences.ts';
import { openLines } from '../model/edge-under.ts';
import { edgeTargetOf, unwiredStep } from '../model/edge-target.ts';
import { alignTo, indexAlignments } from '../model/helper-lines.ts';
import type { Editor } from '../store/editor-context.tsx';
import { beginFrameDrop, type FrameDrop } from '../paper/frame-drop.ts';
import { type Held, holdSelected } from '../paper/held.ts';
import { dragMarksOf, markFrames, markTarget } from './drag-marks.ts';
import type { Canvas } from './wiring-handlers.ts';

/** Steps from the moment they are taken until they are let go. */
export interface DragSession {
  /** The steps that the pointer has; what goes along is `along`. */
  readonly keys: readonly string[];
  /** What is selected besides: notes, and the steps of groups. */
  readonly along: Held;
  readonly frames: FrameDrop | null;
  /** Copies of them are dragged; they themselves stay. */
  readonly isCopying: boolean;
  /** By how much they have been moved by now. */
  readonly by: Point;
  /** Where they come to stand for where the pointer would have them; nothing where only copies move. */
  readonly place: (dragged: readonly (readonly [string, Position])[]) => ReadonlyMap<string, Position>;
  readonly end: () => void;
}

/** On the screen: nearer than this a step jumps into line. */
const lineReach = 5;

interface Taken {
  readonly nodes: readonly StepNode[];
  readonly isCopying: boolean;
}

/** Everything that a move needs is worked out here, once: what there is to align with, the edges, where each step began. */
export function beginDrag(editor: Editor, { flow }: Canvas, { nodes, isCopying }: Taken): DragSession {
  const { flow: graph, views } = editor.derived.getState();
  const starts = new Map(nodes.map(({ id, position }) => [id, position]));
  const whole = boxAround(nodes.map(boxOf));
  const [lead] = nodes;
  const index = indexAlignments(visibleBoxes(graph.nodes, starts, flow));
  const inserted = isCopying || nodes.length !== 1 || lead?.data.box ? null : unwiredStep(views.get(lead?.id ?? ''), graph.edges);
  const lines = inserted ? openLines(graph) : [];
  const marks = dragMarksOf(editor.store);
  const along = isCopying ? nothingHeld : heldBeside(editor, nodes);
  const keys = [...starts.keys()].filter((id) => !isGroupNode(id));
  const frames = isCopying ? null : framesFor(editor, [...keys, ...along.steps.keys()]);
  const free = watchAlt(isCopying);
  let by: Point = { x: 0, y: 0 };

  const settle = (wanted: Point): Point => {
    if (!lead || !whole) return wanted;
    if (free.isHeld()) {
      marks.setState({ lines: [] });
      return { x: Math.round(wanted.x), y: Math.round(wanted.y) };
    }
    const found = alignTo(index, { ...whole, x: whole.x + wanted.x, y: whole.y + wanted.y }, lineReach / flow.getZoom());
    if (found.lines.length > 0 || marks.getState().lines.length > 0) marks.setState({ lines: found.lines });
    return {
      x: found.dx === null ? onGrid(lead.position.x, wanted.x) : Math.round(wanted.x + found.dx),
      y: found.dy === null ? onGrid(lead.position.y, wanted.y) : Math.round(wanted.y + found.dy),
    };
  };
  return {
    keys,
    along,
    frames,
    isCopying,
    get by() {
      return by;
    },
    place: (dragged) => {
      const [first] = dragged;
      const start = first && starts.get(first[0]);
      if (!first || !start) return new Map(dragged);
      by = settle({ x: first[1].x - start.x, y: first[1].y - start.y });
      const placed = new Map([...starts].map(([key, { x, y }]) => [key, { x: x + by.x, y: y + by.y }]));
      if (isCopying) {
        marks.setState({ ghosts: [...placed].map(([key, place]) => ({ ...place, title: views.get(key)?.title ?? key })) });
        return new Map();
      }
      if (inserted && lead) {
        const { x, y } = placed.get(lead.id) ?? lead.position;
        const line = edgeNear(lines, { x: x + nodeWidth / 2, y: y + nodeHeight / 2 }, nodeHeight / 2);
        markTarget(editor.store, line && edgeTargetOf(line, views, inserted));
      }
      if (frames) markFrames(editor.store, frames.marksAt(placed));
      return placed;
    },
    end: free.stop,
  };
}

const nothingHeld: Held = { steps: new Map(), notes: new Map(), groups: [] };

/** Of what is selected, and of the boxes that are dragged, what the pointer does not move by itself. */
function heldBeside(editor: Editor, nodes: readonly StepNode[]): Held {
  const { content } = editor.store.getState();
  const all = holdSelected(editor);
  const places = positionsOf(content);
  const boxed = nodes.flatMap(({ data }) => data.box?.steps ?? []);
  const isSelected = nodes.some(({ id, data }) => (data.box ? all.groups.includes(data.box.id) : all.steps.has(id)));
  const steps = new Map([...(isSelected ? all.steps : []), ...boxed.flatMap((key) => (places[key] ? [[key, places[key]] as const] : []))]);
  for (const { id } of nodes) steps.delete(id);
  const groups = new Set([...(isSelected ? all.groups : []), ...nodes.flatMap(({ data }) => data.box?.id ?? [])]);
  return { steps, notes: isSelected ? all.notes : new Map(), groups: [...groups] };
}

function framesFor({ store, derived }: Editor, keys: readonly string[]): FrameDrop | null {
  const { content, collapsedGroups } = store.getState();
  const { flow, views } = derived.getState();
  return beginFrameDrop({ content, nodes: flow.nodes, collapsed: collapsedGroups, keys, titleOf: (step) => views.get(step)?.title ?? step });
}

/** The distance that puts the corner on the grid, if steps keep to it. */
function onGrid(start: number, distance: number): number {
  const size = usePreferences.getState().isSnapping ? gridSize : 1;
  return Math.round((start + distance) / size) * size - start;
}

const boxOf = ({ position, data }: StepNode): Box => ({ ...position, ...(data.frame ?? nodeSize) });

/** What is seen and stands still; what lies inside an unfolded pipeline goes with that. */
function visibleBoxes(nodes: readonly StepNode[], taken: ReadonlyMap<string, unknown>, flow: Canvas['flow']): Box[] {
  const paper = document.querySelector('[data-canvas]')?.getBoundingClientRect();
  if (!paper) return [];
  const [from, to] = [flow.screenToFlowPosition({ x: paper.left, y: paper.top }), flow.screenToFlowPosition({ x: paper.right, y: paper.bottom })];
  return nodes.flatMap((node) => {
    if (taken.has(node.id) || node.id.includes('/')) return [];
    const box = boxOf(node);
    const isSeen = box.x < to.x && box.x + box.width > from.x && box.y < to.y && box.y + box.height > from.y;
    return isSeen ? [box] : [];
  });
}

/** Alt lets go of the grid and of the lines. Where it was held from the start it meant a copy, until it is pressed anew. */
function watchAlt(isHeldAtFirst: boolean): { readonly isHeld: () => boolean; readonly stop: () => void } {
  const listening = new AbortController();
  let isHeld = false;
  let isSpent = isHeldAtFirst;
  const look = ({ altKey }: MouseEvent | KeyboardEvent): void => {
    if (!altKey) isSpent = false;
    isHeld = altKey && !isSpent;
  };
  // Before React Flow hears of the same move.
  for (const type of ['pointermove', 'keydown', 'keyup'] as const) window.addEventListener(type, look, { capture: true, signal: listening.signal });
  return { isHeld: () => isHeld, stop: () => listening.abort() };
}
