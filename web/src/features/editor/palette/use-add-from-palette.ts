import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { useReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { nodeGapY, nodeHeight, nodeWidth, type Point } from '../../../canvas/geometry.ts';
import { positionsOf } from '../../../canvas/positions-of.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { addStep } from '../model/add-step.ts';
import { freePlace } from '../model/free-place.ts';
import { titleOf } from '../model/search-components.ts';
import { type Editor, useEditor } from '../store/editor-context.tsx';
import { selectedKeys } from '../store/selectors.ts';
import { rememberComponent } from './recent-components.ts';

interface AddFromPalette {
  /** With its middle at a point of the window. */
  readonly at: (item: RegisteredComponent, at: Point) => void;
  /** At a free place under the selected step, or in the middle of what is seen. */
  readonly beside: (item: RegisteredComponent) => void;
}

export function useAddFromPalette(): AddFromPalette {
  const editor = useEditor();
  const flow = useReactFlow();
  return useMemo(() => {
    const corner = (middle: Point): Point => ({ x: middle.x - nodeWidth / 2, y: middle.y - nodeHeight / 2 });
    return {
      at: (item, at) => put(editor, item, corner(flow.screenToFlowPosition(at))),
      beside: (item) => {
        const state = editor.store.getState();
        const positions = positionsOf(state.content);
        const selected = positions[selectedKeys(state).at(-1) ?? ''];
        const wanted = selected ? { x: selected.x, y: selected.y + nodeHeight + nodeGapY } : corner(flow.screenToFlowPosition(middleOfCanvas()));
        put(editor, item, freePlace(Object.values(positions), wanted));
      },
    };
  }, [editor, flow]);
}

function put({ store }: Editor, item: RegisteredComponent, place: Point): void {
  const { content, edit, select, learnComponents } = store.getState();
  learnComponents({ [item.reference]: item.component });
  const { ops, key } = addStep(content, item, place);
  if (!edit(ops, { label: `Add ${titleOf(item)}` }).ok) return;
  select({ steps: [key] });
  rememberComponent(item.reference);
  announce(`${titleOf(item)} added`);
}

function middleOfCanvas(): Point {
  const box = document.querySelector('[data-canvas]')?.getBoundingClientRect();
  return box ? { x: box.left + box.width / 2, y: box.top + box.height / 2 } : { x: 600, y: 400 };
}
