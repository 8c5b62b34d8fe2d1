import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowsMaximize } from '@tabler/icons-react';
import { isFarLevel, useDetailLevel } from './detail-level.tsx';
import { FoldButton } from './fold-button.tsx';
import type { Size } from './geometry.ts';
import { NodePorts } from './node-ports.tsx';
import { StepBadge } from './step-badge.tsx';
import { StepCompany } from './step-company.tsx';
import { useStepFacts, useStrip, useSubtitle } from './step-facts.ts';
import { lookOf } from './step-look.ts';
import { sayStrip } from './step-strip.ts';
import type { StepView } from './step-view.ts';
import { StripClock, StripIcon } from './strip-line.tsx';
import classes from './step-frame.module.css';

interface StepFrameProps {
  readonly view: StepView;
  readonly size: Size;
  readonly isSelected: boolean;
  readonly isConnectable: boolean;
}

/** A pipeline that lies unfolded in its place: its head with what a node says, and the ports on its edges. */
export function StepFrame({ view, size, isSelected, isConnectable }: StepFrameProps) {
  const strip = useStrip(view.key);
  const subtitle = useSubtitle(view);
  const { keyOf, nesting, StepTools } = useStepFacts();
  const level = useDetailLevel();
  const isDetailed = !isFarLevel(level);
  return (
    <div
      {...lookOf(strip, classes.frame)}
      style={size}
      data-step={keyOf(view.key)}
      data-unfolded
      data-level={level}
      data-selected={isSelected || undefined}
      tabIndex={isSelected ? 0 : -1}
      role="group"
      aria-roledescription="unfolded pipeline"
      aria-label={[view.title, subtitle, 'unfolded', sayStrip(strip)].join(', ')}
    >
      <header className={classes.head} data-frame-head>
        {isDetailed && nesting && (
          <span className="nodrag nopan">
            <FoldButton step={view.key} isUnfolded nesting={nesting} />
          </span>
        )}
        <b title={view.title}>{view.title}</b>
        {isDetailed && (
          <span className={classes.standing} title={strip.detail}>
            <StripIcon strip={strip} size={14} />
            <b>{strip.word}</b>
            <span className={classes.detail}>{strip.detail}</span>
            {strip.time && (
              <time className="pw-num">
                <StripClock time={strip.time} />
              </time>
            )}
          </span>
        )}
        {isDetailed && nesting && (
          <span className={`${classes.tools} nodrag nopan`}>
            <Tooltip label="Open the pipeline by itself (O)">
              <ActionIcon aria-label="Open the pipeline" tabIndex={-1} onClick={() => nesting.open(view.key)}>
                <IconArrowsMaximize size={14} stroke={1.8} />
              </ActionIcon>
            </Tooltip>
            {StepTools && !view.key.includes('/') && <StepTools step={view.key} />}
          </span>
        )}
      </header>
      {isDetailed && <NodePorts view={view} size={size} isConnectable={isConnectable} />}
      <StepCompany step={view.key} />
      {level === 'full' && <StepBadge step={view.key} />}
    </div>
  );
}
