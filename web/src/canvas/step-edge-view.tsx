import { EdgeLabelRenderer, Position as HandleSide, type EdgeProps } from '@xyflow/react';
import { IconMinus, IconPlus, IconUnlink, type TablerIcon } from '@tabler/icons-react';
import { memo, useEffect, useRef, useState } from 'react';
import { isFarLevel, useDetailLevel } from './detail-level.tsx';
import type { EdgeLook } from './edge-look.ts';
import type { StepEdge } from './flow-graph.ts';
import { edgeMiddle, edgePath, portHit, type Point } from './geometry.ts';
import { isGroupNode } from './paper/collapse-groups.ts';
import { useStepFacts } from './step-facts.ts';
import { useEdgeLook } from './use-edge-look.ts';
import classes from './step-edge.module.css';

const leaveMs = 140;
const hitWidth = 16;

/** The drawing of a binding between two steps. */
export const StepEdgeView = memo(function StepEdgeView({ id, data, source, target, selected, ...ends }: EdgeProps<StepEdge>) {
  const { EdgeTools } = useStepFacts();
  const level = useDetailLevel();
  const [isNear, setIsNear] = useNearness();
  const isBroken = data?.isBroken ?? false;
  const look = useEdgeLook({ source, target, data });
  const from = portCentre({ x: ends.sourceX, y: ends.sourceY }, ends.sourcePosition);
  const to = portCentre({ x: ends.targetX, y: ends.targetY }, ends.targetPosition);
  const path = edgePath(from, to);
  const middle = edgeMiddle(from, to);
  const isMoving = look === 'flowing' && !isFarLevel(level);
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
      {(look === 'broken' || look === 'added' || look === 'removed') && <EdgeSign look={look} at={middle} />}
      {EdgeTools && data?.edge && !isBroken && !isGroupNode(source) && !isGroupNode(target) && level === 'full' && (isNear || selected) && (
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

const signs = { broken: IconUnlink, added: IconPlus, removed: IconMinus } as const satisfies Partial<Record<EdgeLook, TablerIcon>>;

/** In the middle of an edge that is not as others are. */
export function EdgeSign({ look, at }: { readonly look: keyof typeof signs; readonly at: Point }) {
  const Icon = signs[look];
  return (
    <g transform={`translate(${at.x - 10} ${at.y - 10})`} className={classes.sign} data-look={look}>
      <circle cx={10} cy={10} r={10} className={classes.gap} />
      <Icon x={3} y={3} size={14} stroke={2.2} aria-hidden />
    </g>
  );
}

/** React Flow ends an edge at the outer side of the hit area; ours ends at the centre of the port. */
function portCentre({ x, y }: Point, side: HandleSide): Point {
  return { x, y: side === HandleSide.Bottom ? y - portHit / 2 : y + portHit / 2 };
}
