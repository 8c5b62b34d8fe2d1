import { act } from '@testing-library/react';
import type { ReactFlowProps } from '@xyflow/react';
import { useEffect } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { StepEdge, StepNode } from '../../../canvas/flow-graph.ts';
import { samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import type { Editor } from '../store/editor-context.tsx';
import { openEditor, renderInEditor } from '../testing/render-in-editor.tsx';
import { useCanvasHandlers } from './use-canvas-handlers.ts';

let editor: Editor;
beforeEach(async () => {
  editor = await openEditor(samplePipeline());
});
afterEach(() => editor.saver[Symbol.dispose]());

const nesting = { toggle: () => {}, open: () => {} };
function Canvas({ give }: { readonly give: (handlers: ReactFlowProps<StepNode, StepEdge>) => void }) {
  const handlers = useCanvasHandlers(nesting);
  useEffect(() => give(handlers), [give, handlers]);
  return null;
}

function renderCanvas() {
  const give = vi.fn<(handlers: ReactFlowProps<StepNode, StepEdge>) => void>();
  const { unmount } = renderInEditor(editor, <Canvas give={give} />);
  return { unmount, handlers: give.mock.lastCall?.[0] };
}

/** Whether a press of Escape comes through to the page. */
const isHeard = (): boolean => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));

it('lets go of a wire when the canvas goes away, and Escape is heard again', () => {
  const { unmount, handlers } = renderCanvas();
  act(() => handlers?.onConnectStart?.(new MouseEvent('mousedown'), { nodeId: 'split', handleId: 'outputs.first', handleType: 'source' }));
  unmount();
  expect([isHeard(), editor.store.getState().wiring]).toEqual([true, null]);
});

it('lets go of a step when the canvas goes away', () => {
  const { unmount, handlers } = renderCanvas();
  const node = editor.derived.getState().flow.nodes.find(({ id }) => id === 'split');
  // Nothing of the event is looked at but the keys that are held.
  act(() => node && handlers?.onSelectionDragStart?.(new MouseEvent('mousedown') as never, [node]));
  expect(editor.store.getState().isDragging).toBe(true);
  unmount();
  expect(editor.store.getState().isDragging).toBe(false);
});
