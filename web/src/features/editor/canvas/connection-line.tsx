import type { ConnectionLineComponentProps } from '@xyflow/react';
import { edgePath } from '../../../canvas/geometry.ts';
import type { StepNode } from '../../../canvas/flow-graph.ts';
import classes from './editor-canvas.module.css';

/** The wire in the hand. */
export function ConnectionLine({ fromX, fromY, toX, toY, fromHandle, connectionStatus }: ConnectionLineComponentProps<StepNode>) {
  const [start, end] = [
    { x: fromX, y: fromY },
    { x: toX, y: toY },
  ];
  const path = fromHandle.type === 'source' ? edgePath(start, end) : edgePath(end, start);
  const isRefused = connectionStatus === 'invalid';
  return (
    <g className={classes.wire} data-refused={isRefused || undefined}>
      <path d={path} />
      {isRefused && <circle cx={toX} cy={toY} r={5} />}
    </g>
  );
}
