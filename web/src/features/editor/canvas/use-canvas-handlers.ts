import { type ReactFlowProps, useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import type { StepEdge, StepNode } from '../../../canvas/flow-graph.ts';
import type { Nesting } from '../../../canvas/step-facts.ts';
import { openInspector } from '../commands/open-inspector.ts';
import { toggleCollapsed } from '../paper/paper-acts.ts';
import { type Editor, useEditor } from '../store/editor-context.tsx';
import { boxSelection } from './box-selection.ts';
import { dragHandlers } from './drag-handlers.ts';
import { type Canvas, wiringHandlers } from './wiring-handlers.ts';

type FlowProps = ReactFlowProps<StepNode, StepEdge>;

/** React Flow's events in the words of the editor. One stable object, so that no render of a parent reaches the canvas. */
export function useCanvasHandlers(nesting: Nesting): FlowProps {
  const editor = useEditor();
  const flow = useReactFlow<StepNode, StepEdge>();
  const api = useStoreApi();
  const { props, letGo } = useMemo(() => {
    const isAdding = (): boolean => api.getState().multiSelectionActive;
    const box = boxSelection(editor, { flow, api, isAdding });
    const canvas: Canvas = { flow, cancelConnection: () => api.getState().cancelConnection(), isAdding, isDrawingBox: box.isDrawing };
    const [drag, wiring] = [dragHandlers(editor, canvas), wiringHandlers(editor, canvas)];
    return {
      props: {
        ...drag.props,
        ...wiring.props,
        ...looking(editor, nesting),
        ...box.props,
        onNodesChange: (changes) => drag.props.onNodesChange?.(changes.filter(box.isMeant)),
        onEdgesChange: (changes) => drag.props.onEdgesChange?.(changes.filter(box.isMeant)),
      } satisfies FlowProps,
      letGo: () => {
        drag.letGo();
        wiring.letGo();
      },
    };
  }, [editor, flow, api, nesting]);
  useEffect(() => letGo, [letGo]);
  return props;
}

function looking({ store }: Editor, nesting: Nesting): FlowProps {
  return {
    onMoveEnd: (_, viewport) => store.getState().setViewport(viewport),
    onNodeContextMenu: (event, node) => {
      event.preventDefault();
      const { box } = node.data;
      if (box) {
        if (!store.getState().selectedGroups.has(box.id)) store.getState().select({ groups: [box.id] });
        return store.getState().open({ kind: 'paper-menu', at: { x: event.clientX, y: event.clientY }, of: { group: box.id } });
      }
      if (!store.getState().selectedSteps.has(node.id)) store.getState().select({ steps: [node.id] });
      const port = outputUnder(event.target, node.id);
      store.getState().open({ kind: 'step-menu', at: { x: event.clientX, y: event.clientY }, step: node.id, ...(port === null ? {} : { port }) });
    },
    onNodeDoubleClick: (_, node) => {
      if (node.data.box) return toggleCollapsed({ store }, [node.data.box.id]);
      if (node.data.view.isPipeline) return nesting.open(node.id);
      store.getState().select({ steps: [node.id] });
      openInspector(store);
    },
  };
}

/** The output whose port was pointed at; null for anything else of the step. */
function outputUnder(target: EventTarget | null, step: string): string | null {
  const port = target instanceof Element ? target.closest('[data-port]')?.getAttribute('data-port') : null;
  const start = `${step}.outputs.`;
  return port?.startsWith(start) ? port.slice(start.length) : null;
}
