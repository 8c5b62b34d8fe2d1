import { type ConnectionLineComponentProps, useStoreApi } from '@xyflow/react';
import { edgePath, type Point } from '../../../canvas/geometry.ts';
import type { StepNode } from '../../../canvas/flow-graph.ts';
import { slotIdOf, slotsOf } from '../../../canvas/port-slots.ts';
import type { PortRef } from '../model/port-ref.ts';
import type { Verdict } from '../model/wiring.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import classes from './editor-canvas.module.css';

/** The wire in the hand, or all wires of a port. */
export function ConnectionLine({ fromX, fromY, toX, toY, fromHandle, connectionStatus }: ConnectionLineComponentProps<StepNode>) {
  const moving = useEditorState((state) => state.wiring?.moving);
  if (moving !== undefined && moving.length > 0) return <MovingLines to={{ x: toX, y: toY }} />;
  const [start, end] = [
    { x: fromX, y: fromY },
    { x: toX, y: toY },
  ];
  const path = fromHandle.type === 'source' ? edgePath(start, end) : edgePath(end, start);
  return <Line path={path} end={end} isRefused={connectionStatus === 'invalid'} />;
}

function Line({ path, end, isRefused }: { readonly path: string; readonly end: Point; readonly isRefused: boolean }) {
  return (
    <g className={classes.wire} data-refused={isRefused || undefined}>
      <path d={path} />
      {isRefused && <circle cx={end.x} cy={end.y} r={5} />}
    </g>
  );
}

/** From the far end of each wire to the hand. */
function MovingLines({ to }: { readonly to: Point }) {
  const placeOf = usePortPlace();
  const wiring = useEditorState((state) => state.wiring);
  const hovered = useHoveredVerdict();
  if (!wiring) return null;
  return wiring.moving.map((edge) => {
    const isOutput = wiring.from.side === 'outputs';
    const far = placeOf(
      isOutput ? { step: edge.to.step, side: 'inputs', port: edge.to.input } : { step: edge.from.step, side: 'outputs', port: edge.from.output },
    );
    if (!far) return null;
    const path = isOutput ? edgePath(to, far) : edgePath(far, to);
    return <Line key={`${edge.to.step}.${edge.to.input}.${edge.from.step}`} path={path} end={to} isRefused={hovered?.isValid === false} />;
  });
}

/** React Flow only knows wires from an output to an input; of others we judge ourselves. */
function useHoveredVerdict(): Verdict | undefined {
  const api = useStoreApi();
  return useEditorState((state) => {
    const { connection } = api.getState();
    const handle = connection.inProgress ? connection.toHandle : null;
    return handle ? state.wiring?.verdicts.get(`${handle.nodeId}.${handle.id}`) : undefined;
  });
}

function usePortPlace(): (port: PortRef) => Point | null {
  const { derived } = useEditor();
  return ({ step, side, port }) => {
    const { flow, views } = derived.getState();
    const [view, node] = [views.get(step), flow.nodes.find(({ id }) => id === step)];
    const slot = view && slotsOf(view, side, node?.data.frame).find(({ id }) => id === slotIdOf(view, side, port));
    return node && slot ? { x: node.position.x + slot.point.x, y: node.position.y + slot.point.y } : null;
  };
}
