import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { nodeHeight, nodeWidth } from '../../../canvas/geometry.ts';
import { frameBoxes, isInBox } from '../../../canvas/paper/frame-boxes.ts';
import type { Editor } from '../store/editor-context.tsx';

/** What adds steps, and puts each into the frame in which it comes to stand. */
export function joinFrames({ store, derived }: Pick<Editor, 'store' | 'derived'>, ops: readonly DraftOp[]): DraftOp[] {
  const { content, collapsedGroups } = store.getState();
  const { groups } = content.layout;
  const boxes = [...frameBoxes(groups, derived.getState().flow.nodes)].filter(([id]) => !collapsedGroups.has(id));
  const joined = new Map<string, string[]>();
  for (const op of ops) {
    if (op.op !== 'step.add' || !op.position) continue;
    const centre = { x: op.position.x + nodeWidth / 2, y: op.position.y + nodeHeight / 2 };
    const into = boxes.find(([, box]) => isInBox(centre, box))?.[0];
    if (into !== undefined) joined.set(into, [...(joined.get(into) ?? []), op.step]);
  }
  const sets = [...joined].flatMap(([group, steps]): DraftOp[] => {
    const value = groups[group];
    return value ? [{ op: 'group.set', group, value: { ...value, steps: [...value.steps, ...steps] } }] : [];
  });
  return [...ops, ...sets];
}
