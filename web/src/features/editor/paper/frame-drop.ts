import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import type { StepNode } from '../../../canvas/flow-graph.ts';
import { type Box, nodeSize, type Point } from '../../../canvas/geometry.ts';
import { frameBoxes, isInBox, titleOfGroup } from '../../../canvas/paper/frame-boxes.ts';
import type { FrameMarks } from '../canvas/drag-marks.ts';
import { roomAround, withRoom } from './frame-size.ts';
import { moveToGroup } from './group-ops.ts';

/** Further than this outside its frame, a step leaves it: within, the frame grows with it. */
const hold = 40;

/** Frames while steps are dragged by hand: where those would come in, or go out. */
export interface FrameDrop {
  readonly marksAt: (places: ReadonlyMap<string, Point>) => FrameMarks | null;
  /** For where the steps were let go; empty where none comes in or goes out. */
  readonly opsAt: (content: DraftContent, places: ReadonlyMap<string, Point>) => { readonly ops: DraftOp[]; readonly text: string };
}

interface Taken {
  readonly content: DraftContent;
  readonly nodes: readonly StepNode[];
  readonly collapsed: ReadonlySet<string>;
  /** The steps that are dragged. */
  readonly keys: readonly string[];
  readonly titleOf: (step: string) => string;
}

/** Null where there is no frame. A group that is dragged with all of its steps keeps them. */
export function beginFrameDrop({ content, nodes, collapsed, keys, titleOf }: Taken): FrameDrop | null {
  const dragged = new Set(keys);
  const groups = Object.entries(content.layout.groups).filter(([id, { steps }]) => !collapsed.has(id) && !steps.every((step) => dragged.has(step)));
  const whole = new Set(Object.values(content.layout.groups).flatMap(({ steps }) => (steps.every((step) => dragged.has(step)) ? steps : [])));
  if (groups.length === 0) return null;
  const boxes = frameBoxes(Object.fromEntries(groups), nodes);
  const own = new Map(groups.flatMap(([id, { steps }]) => steps.filter((step) => dragged.has(step)).map((step) => [step, id] as const)));
  const still = new Map([...new Set(own.values())].flatMap((id): [string, Box][] => (boxes.has(id) ? [[id, boxes.get(id) ?? none]] : [])));

  const movesAt = (places: ReadonlyMap<string, Point>): Map<string | null, string[]> => {
    const moves = new Map<string | null, string[]>();
    for (const [key, { x, y }] of places) {
      if (!dragged.has(key) || whole.has(key)) continue;
      const centre = { x: x + nodeSize.width / 2, y: y + nodeSize.height / 2 };
      const home = own.get(key);
      const into = [...boxes].find(([id, box]) => id !== home && isInBox(centre, box))?.[0] ?? null;
      const stays = home !== undefined && isInBox(centre, boxes.get(home) ?? none, into === null ? hold : 0);
      if (stays || (into === null && home === undefined)) continue;
      moves.set(into, [...(moves.get(into) ?? []), key]);
    }
    return moves;
  };
  const describe = (moves: ReadonlyMap<string | null, readonly string[]>): string => {
    const nameOf = (id: string | undefined): string => titleOfGroup(content.layout.groups[id ?? ''] ?? { title: '' });
    const said = [...moves].map(([into, steps]) => {
      const what = steps.length === 1 ? titleOf(steps[0] ?? '') : `${steps.length} steps`;
      return into === null ? `${what} out of ${nameOf(own.get(steps[0] ?? ''))}` : `${what} into ${nameOf(into)}`;
    });
    return said.join(', ');
  };
  return {
    marksAt: (places) => {
      const moves = movesAt(places);
      return { still, into: [...moves.keys()].find((id) => id !== null) ?? null, text: describe(moves) };
    },
    opsAt: (now, places) => {
      const moves = movesAt(places);
      // Each is worked out on what the one before has left.
      let ops: DraftOp[] = [];
      let { groups: left } = now.layout;
      for (const [into, steps] of moves) {
        const next = moveToGroup({ ...now, layout: { ...now.layout, groups: left } }, steps, into);
        left = applied(left, next);
        ops = [...ops, ...next];
      }
      for (const [id, box] of boxes) {
        const group = left[id];
        // One that fits its steps goes with them; one that somebody made larger stays where it is.
        if (!group?.room || !(still.has(id) || moves.has(id))) continue;
        const members = nodes.flatMap((node) => (group.steps.includes(node.id) ? [{ ...node, position: places.get(node.id) ?? node.position }] : []));
        const value = withRoom(group, roomAround(box, members));
        if (JSON.stringify(value) !== JSON.stringify(group)) ops = [...ops, { op: 'group.set', group: id, value }];
      }
      return { ops, text: describe(moves) };
    },
  };
}

const none: Box = { x: 0, y: 0, width: 0, height: 0 };

function applied(groups: DraftContent['layout']['groups'], ops: readonly DraftOp[]): DraftContent['layout']['groups'] {
  const next = { ...groups };
  for (const op of ops) {
    if (op.op !== 'group.set') continue;
    if (op.value) next[op.group] = op.value;
    else delete next[op.group];
  }
  return next;
}
