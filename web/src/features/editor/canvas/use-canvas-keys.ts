import { useReactFlow } from '@xyflow/react';
import type { KeyboardEvent } from 'react';
import { nodeHeight, nodeWidth } from '../../../canvas/geometry.ts';
import { directionOfKey, neighbourOf } from '../../../canvas/walk.ts';
import { isTextField } from '../../../ui/commands/use-command-keys.ts';
import { nudgeSteps } from '../model/move-steps.ts';
import { useEditor } from '../store/editor-context.tsx';
import { selectedKeys, selectStepInView } from '../store/selectors.ts';

/**
 * Keys that only mean something on the canvas: arrows walk along edges, with Shift they extend the selection, with Ctrl
 * they nudge it; Tab opens the quick add beside what is selected; the menu key opens the step's menu.
 */
export function useCanvasKeys(): (event: KeyboardEvent) => void {
  const { store, derived } = useEditor();
  const flow = useReactFlow();
  return (event) => {
    if (isTextField(event.target) || event.defaultPrevented) return;
    const state = store.getState();
    const keys = selectedKeys(state);
    const last = selectStepInView(state) ?? keys.at(-1) ?? null;
    const direction = directionOfKey(event.key);
    if (direction) {
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) {
        const label = keys.length === 1 ? 'Nudge a step' : `Nudge ${keys.length} steps`;
        if (keys.length > 0) state.edit(nudgeSteps(state.content, keys, direction), { label, gesture: `nudge:${keys.join(',')}`, pace: 'typing' });
        return;
      }
      const next = neighbourOf(derived.getState().flow, { from: last, direction });
      if (next !== null) state.select({ steps: event.shiftKey && !next.includes('/') ? [...keys.filter((key) => key !== next), next] : [next] });
      return;
    }
    if (event.key === 'Tab' && !event.shiftKey && !event.ctrlKey && !event.altKey && !state.isReadOnly) {
      event.preventDefault();
      const place = last === null ? null : flow.getNode(last)?.position;
      const centre = centreOf(event.currentTarget);
      const at = place ? flow.flowToScreenPosition({ x: place.x + nodeWidth + 12, y: place.y + nodeHeight }) : centre;
      state.open({ kind: 'quick-add', at, place: flow.screenToFlowPosition(at), wire: null, edge: null });
      return;
    }
    if (event.key === 'ContextMenu' && last !== null) {
      event.preventDefault();
      const place = flow.getNode(last)?.position ?? { x: 0, y: 0 };
      state.open({ kind: 'step-menu', at: flow.flowToScreenPosition({ x: place.x + nodeWidth, y: place.y }), step: last });
    }
  };
}

function centreOf(element: Element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 3 };
}
