import { EdgeLabelRenderer, Position as HandleSide, type EdgeProps } from '@xyflow/react';
import { IconMinus, IconPlus, IconUnlink, type TablerIcon } from '@tabler/icons-react';
import { memo, useEffect, useRef, useState } from 'react';
import { useDetailLevel } from './detail-level.tsx';
import { edgeLook, type EdgeLook } from './edge-look.ts';
import type { StepEdge } from './flow-graph.ts';
import { edgeMiddle, edgePath, portHit, type Point } from './geometry.ts';
import { useStatus, useStepFacts } from './step-facts.ts';
import classes from './step-edge.module.css';

const leaveMs = 140;
const hitWidth = 16;

/** The drawing of a binding between two steps. */
export const StepEdgeView = memo(function StepEdgeView({ id, data, source, target, selected, ...ends }: EdgeProps<StepEdge>) {
  const { EdgeTools } = useStepFacts();
  const sourceStatus = useStatus(source);
  const targetStatus = useStatus(target);
  const level = useDetailLevel();
  const [isNear, setIsNear] = useNearness();
  const isBroken = data?.isBroken ?? false;
  const passes = data?.passes;
  // The frame of a pipeline has the status of all of its steps, which says nothing of what goes in and out by one port.
  const statuses = { source: passes === 'in' ? 'none' : sourceStatus, target: passes === 'out' ? 'none' : targetStatus } as const;
  const look: EdgeLook = isBroken ? 'broken' : (data?.difference ?? edgeLook(statuses));
  const from = portCentre({ x: ends.sourceX, y: ends.sourceY }, ends.sourcePosition);
  const to = portCentre({ x: ends.targetX, y: ends.targetY }, ends.targetPosition);
  const path = edgePath(from, to);
  const middle = edgeMiddle(from, to);
  const isMoving = look === 'flowing' && (level === 'full' || level === 'title');
  return (
    <g data-edge={id} data-look={look} data-level={level} data-selected={selected || undefined} className={classes.edge}>
      {isMoving && <path d={path} className={classes.glow} />}
      <path d={path} className={classes.line} data-moving={isMoving || undefined} />
      <path
        d={path}
        className="react-flow__edge-interaction"
        fill="none"
        strokeOpacity={0}
        strokeWidth={hitWidth}
        onPointerEnter={() => setIsNear(true)}
        onPointerLeave={() => setIsNear(false)}
      />
      {isBroken && <EdgeMark at={middle} icon={IconUnlink} />}
      {data?.difference && <EdgeMark at={middle} icon={data.difference === 'added' ? IconPlus : IconMinus} />}
      {EdgeTools && data?.edge && !isBroken && level === 'full' && (isNear || selected) && (
        <EdgeLabelRenderer>
          <div
            className={`${classes.tools} nodrag nopan`}
            style={{ transform: `translate(-50%, -50%) translate(${middle.x}px, ${middle.y}px)` }}
            onPointerEnter={() => setIsNear(true)}
            onPointerLeave={() => setIsNear(false)}
          >
            <EdgeTools edge={data.edge} />
          </div>
        </EdgeLabelRenderer>
      )}
    </g>
  );
});

/** Near, and for a moment after, so that the pointer can reach the tools in the middle. */
function useNearness(): [boolean, (isNear: boolean) => void] {
  const [isShown, setIsShown] = useState(false);
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(leaving.current), []);
  const setIsNear = (isNear: boolean): void => {
    clearTimeout(leaving.current);
    if (isNear) setIsShown(true);
    else leaving.current = setTimeout(() => setIsShown(false), leaveMs);
  };
  return [isShown, setIsNear];
}

function EdgeMark({ at, icon: Icon }: { readonly at: Point; readonly icon: TablerIcon }) {
  return (
    <g transform={`translate(${at.x - 10} ${at.y - 10})`}>
      <circle cx={10} cy={10} r={10} className={classes.gap} />
      <Icon x={3} y={3} size={14} stroke={2.2} className={classes.mark} aria-hidden />
    </g>
  );
}

/** React Flow ends an edge at the outer side of the hit area; ours ends at the centre of the port. */
function portCentre({ x, y }: Point, side: HandleSide): Point {
  return { x, y: side === HandleSide.Bottom ? y - portHit / 2 : y + portHit / 2 };
}
