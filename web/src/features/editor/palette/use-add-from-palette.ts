import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { useReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { nodeGapY, nodeHeight, nodeWidth, type Point } from '../../../canvas/geometry.ts';
import { positionsOf } from '../../../canvas/positions-of.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { markTarget } from '../canvas/drag-marks.ts';
import { type AddedStep, addStep, type InnerPorts, insertIntoEdge } from '../model/add-step.ts';
import { type EdgeTarget, edgeTargetOf } from '../model/edge-target.ts';
import { openLines } from '../model/edge-under.ts';
import { edgeNear } from '../../../canvas/edge-lines.ts';
import { endsOf } from '../model/fitting-ports.ts';
import { freePlace } from '../model/free-place.ts';
import { titleOf } from '../model/search-components.ts';
import { joinFrames } from '../paper/join-frames.ts';
import { type Editor, useEditor } from '../store/editor-context.tsx';
import { selectedKeys } from '../store/selectors.ts';
import { rememberComponent } from './recent-components.ts';

interface AddFromPalette {
  /** Held over a point of the window: the edge there shows whether it could go in. Null: over none. */
  readonly over: (item: RegisteredComponent, at: Point | null) => void;
  /** Into the edge that it is held over, else with its middle at a point of the window. */
  readonly at: (item: RegisteredComponent, at: Point) => void;
  /** At a free place under the selected step, or in the middle of what is seen; answers why it cannot. */
  readonly beside: (item: RegisteredComponent) => string | null;
}

export function useAddFromPalette(): AddFromPalette {
  const editor = useEditor();
  const flow = useReactFlow();
  return useMemo(() => {
    const corner = (middle: Point): Point => ({ x: middle.x - nodeWidth / 2, y: middle.y - nodeHeight / 2 });
    return {
      over: (item, at) => markTarget(editor.store, at && !isOverStep(at) ? edgeTargetAt(editor, item, flow.screenToFlowPosition(at)) : null),
      at: (item, at) => {
        const point = flow.screenToFlowPosition(at);
        const target = edgeTargetAt(editor, item, point);
        if (target?.ports) putBetween(editor, item, { edge: target.edge, ports: target.ports, at: corner(point) });
        else put(editor, item, corner(point));
      },
      beside: (item) => {
        const state = editor.store.getState();
        const positions = positionsOf(state.content);
        const selected = positions[selectedKeys(state).at(-1) ?? ''];
        const wanted = selected ? { x: selected.x, y: selected.y + nodeHeight + nodeGapY } : corner(flow.screenToFlowPosition(middleOfCanvas()));
        return put(editor, item, freePlace(Object.values(positions), wanted));
      },
    };
  }, [editor, flow]);
}

/** There it would take the place of the step. */
const isOverStep = ({ x, y }: Point): boolean => document.elementFromPoint(x, y)?.closest('[data-step]') instanceof Element;

/** On the paper: a pointer within this distance means the edge. */
const edgeReach = 20;

function edgeTargetAt({ derived }: Editor, item: RegisteredComponent, point: Point): EdgeTarget | null {
  const { flow, views } = derived.getState();
  const line = edgeNear(openLines(flow), point, edgeReach);
  const { component } = item;
  return line && edgeTargetOf(line, views, { title: titleOf(item), inputs: endsOf(component, 'inputs'), outputs: endsOf(component, 'outputs') });
}

function put(editor: Editor, item: RegisteredComponent, place: Point): string | null {
  return finish(editor, item, addStep(editor.store.getState().content, item, place));
}

interface Between extends Pick<EdgeTarget, 'edge'> {
  readonly ports: InnerPorts;
  readonly at: Point;
}

function putBetween(editor: Editor, item: RegisteredComponent, { edge, ports, at }: Between): void {
  finish(editor, item, insertIntoEdge(editor.store.getState().content, edge, { ...item, ...ports, at }));
}

function finish(editor: Editor, item: RegisteredComponent, { ops, key }: AddedStep): string | null {
  const { edit, select, learnComponents } = editor.store.getState();
  learnComponents({ [item.reference]: item.component });
  const done = edit(joinFrames(editor, ops), { label: `Add ${titleOf(item)}` });
  if (!done.ok) return done.message;
  select({ steps: [key] });
  rememberComponent(item.reference);
  announce(`${titleOf(item)} added`);
  return null;
}

function middleOfCanvas(): Point {
  const box = document.querySelector('[data-canvas]')?.getBoundingClientRect();
  return box ? { x: box.left + box.width / 2, y: box.top + box.height / 2 } : { x: 600, y: 400 };
}
