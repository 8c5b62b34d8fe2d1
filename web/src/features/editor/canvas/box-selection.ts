import type { EdgeChange, NodeChange, ReactFlowInstance, ReactFlowProps, useStoreApi } from '@xyflow/react';
import type { StepEdge, StepNode } from '../../../canvas/flow-graph.ts';
import type { Point } from '../../../canvas/geometry.ts';
import { isWithin } from '../../../canvas/paper/frame-boxes.ts';
import type { Editor } from '../store/editor-context.tsx';

interface Canvas {
  readonly flow: ReactFlowInstance<StepNode, StepEdge>;
  readonly api: ReturnType<typeof useStoreApi>;
  readonly isAdding: () => boolean;
}

interface BoxSelection {
  readonly props: Pick<ReactFlowProps<StepNode, StepEdge>, 'onSelectionStart' | 'onSelectionEnd'>;
  readonly isDrawing: () => boolean;
  /** Not so: that something is no longer selected to which the box adds. React Flow knows of boxes only that take its place. */
  readonly isMeant: (change: NodeChange<StepNode> | EdgeChange<StepEdge>) => boolean;
}

/** A box that is drawn takes the place of all that was selected, or adds to it with Shift. Notes that lie wholly in it are selected with the steps. */
export function boxSelection({ store }: Editor, { flow, api, isAdding }: Canvas): BoxSelection {
  /** On the paper, where the pointer went down, and the nodes and edges that stay selected. */
  let begun: { readonly start: Point; readonly kept: ReadonlySet<string> } | null = null;
  return {
    isDrawing: () => begun !== null,
    isMeant: (change) => {
      if (change.type !== 'select' || change.selected) return true;
      if (begun) return !begun.kept.has(change.id);
      // Just before it begins a box, React Flow deselects everything.
      return api.getState().userSelectionRect === null || !isAdding();
    },
    props: {
      onSelectionStart: () => {
        const { userSelectionRect: rect, nodes, edges } = api.getState();
        if (rect === null) return;
        const kept = isAdding() ? [...nodes, ...edges].filter(({ selected }) => selected) : [];
        begun = { start: { x: rect.startX, y: rect.startY }, kept: new Set(kept.map(({ id }) => id)) };
        if (!isAdding()) store.getState().select({});
      },
      onSelectionEnd: (event) => {
        if (begun === null) return;
        const { start } = begun;
        begun = null;
        const end = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
        const box = { x: Math.min(start.x, end.x), y: Math.min(start.y, end.y), width: Math.abs(start.x - end.x), height: Math.abs(start.y - end.y) };
        const { select, selectedSteps, selectedEdges, selectedNotes, selectedGroups, content } = store.getState();
        const notes = Object.entries(content.layout.notes).flatMap(([id, note]) => (isWithin(note, box) ? [id] : []));
        if (notes.length > 0) select({ steps: selectedSteps, edges: selectedEdges, groups: selectedGroups, notes: [...selectedNotes, ...notes] });
      },
    },
  };
}
