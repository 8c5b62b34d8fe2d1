import { act } from '@testing-library/react';
import { type ReactFlowProps, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StepEdge, StepNode } from '../../../canvas/flow-graph.ts';
import { nodeOfGroup } from '../../../canvas/paper/collapse-groups.ts';
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
type Give = (handlers: ReactFlowProps<StepNode, StepEdge>, flow: ReturnType<typeof useStoreApi>) => void;
function Canvas({ give }: { readonly give: Give }) {
  const handlers = useCanvasHandlers(nesting);
  const flow = useStoreApi();
  useEffect(() => give(handlers, flow), [give, handlers, flow]);
  return null;
}

function renderCanvas() {
  const give = vi.fn<Give>();
  const { unmount } = renderInEditor(editor, <Canvas give={give} />);
  const [handlers, flow] = give.mock.lastCall ?? [];
  return { unmount, handlers, flow };
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

describe('a selection box', () => {
  const note = (x: number, y: number) => ({ x, y, width: 40, height: 40, text: '' });
  /** Begun at 0, 0: what React Flow tells comes from a pointer that has moved on. */
  const pointer = (at: number) => new MouseEvent('pointermove', { clientX: at, clientY: at }) as never;
  const drawBox = (isAdding: boolean) => {
    const { handlers, flow } = renderCanvas();
    editor.store.getState().edit(
      [
        { op: 'group.set', group: 'g', value: { title: 'Model', steps: ['train'] } },
        { op: 'note.set', note: 'corner', value: note(1, 1) },
        { op: 'note.set', note: 'far', value: note(900, 900) },
      ],
      { label: 'Set up' },
    );
    editor.store.getState().select({ notes: ['far'], steps: ['import'] });
    act(() => {
      flow?.setState({
        multiSelectionActive: isAdding,
        userSelectionRect: { startX: 0, startY: 0, x: 0, y: 0, width: 0, height: 0 },
        nodes: editor.derived.getState().flow.nodes,
      });
      handlers?.onNodesChange?.([{ type: 'select', id: 'import', selected: false }]);
      handlers?.onSelectionStart?.(pointer(5));
      handlers?.onNodesChange?.([{ type: 'select', id: 'score', selected: true }]);
    });
    return { handlers, flow };
  };
  const selected = () => {
    const { selectedSteps, selectedEdges, selectedGroups, selectedNotes } = editor.store.getState();
    return { steps: [...selectedSteps], edges: [...selectedEdges], groups: [...selectedGroups], notes: [...selectedNotes] };
  };

  it('takes the place of what was selected, with the notes from where it was begun', () => {
    const { handlers } = drawBox(false);
    expect(selected()).toEqual({ steps: ['score'], edges: [], groups: [], notes: [] });
    act(() => handlers?.onSelectionEnd?.(pointer(100)));
    expect(selected().notes).toEqual(['corner']);
  });

  it('adds to what was selected while Shift is held', () => {
    const { handlers } = drawBox(true);
    act(() => {
      // What comes into it and goes out again is not meant; what was selected before has nothing to do with it.
      for (const id of ['score', 'import']) handlers?.onNodesChange?.([{ type: 'select', id, selected: false }]);
      handlers?.onSelectionEnd?.(pointer(100));
    });
    expect(selected()).toEqual({ steps: ['import'], edges: [], groups: [], notes: ['far', 'corner'] });
  });

  it('keeps a collapsed group when the wires at it come along', () => {
    const { handlers } = drawBox(false);
    act(() => {
      editor.store.getState().setCollapsed(['g'], true);
      handlers?.onNodesChange?.([{ type: 'select', id: nodeOfGroup('g'), selected: true }]);
      handlers?.onEdgesChange?.([{ type: 'select', id: 'split.outputs.first->train.inputs.table', selected: true }]);
      handlers?.onSelectionEnd?.(pointer(0));
    });
    expect(selected()).toMatchObject({ groups: ['g'], edges: ['split.outputs.first->train.inputs.table'] });
  });
});
