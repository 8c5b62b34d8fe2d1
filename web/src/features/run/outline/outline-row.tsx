import type { StepStatus } from '@pipewright/shared/run/status.ts';
import { Tooltip } from '@mantine/core';
import { memo, type ReactNode, useMemo } from 'react';
import { Link } from 'react-router';
import { useStore } from 'zustand';
import { nestedStanding, stripOfNested } from '../../../canvas/nested-strip.ts';
import { StripClock } from '../../../canvas/strip-line.tsx';
import { runStoreOf, useStepRun } from '../../../realtime/run-store.ts';
import { StatusIcon } from '../../../ui/status/status-icon.tsx';
import { statusWord } from '../../../ui/status/status-looks.ts';
import { stepHref } from '../../../step-run/step-href.ts';
import { StepTime } from '../../../step-run/step-time.tsx';
import classes from '../../../step-run/step-run.module.css';
import type { OutlineLine } from './outline-tree.ts';

interface OutlineRowProps {
  readonly run: string;
  readonly line: OutlineLine;
  /** With the pipelines that it is in. */
  readonly fullTitle: string;
  readonly tab: string;
  readonly isSelected: boolean;
  /** Only the icon. */
  readonly isNarrow: boolean;
}

export const OutlineRow = memo(function OutlineRow(props: OutlineRowProps) {
  const stepRun = useStepRun(props.run, props.line.key);
  return stepRun ? <Row {...props} status={stepRun.status} time={<StepTime step={stepRun} />} /> : null;
});

/** A pipeline inside the run: it stands where its steps stand. */
export const OutlinePipelineRow = memo(function OutlinePipelineRow(props: OutlineRowProps) {
  const standing = useStore(runStoreOf(props.run), (view) => nestedStanding(view.steps, props.line.key));
  const strip = useMemo(() => stripOfNested(standing), [standing]);
  if (!strip || strip.status === 'none') return null;
  return <Row {...props} status={strip.status} time={strip.time && <StripClock time={strip.time} />} />;
});

interface RowProps extends OutlineRowProps {
  readonly status: StepStatus;
  readonly time: ReactNode;
}

/** Further in by this much for each pipeline that it is in. */
const indent = 14;

function Row({ run, line, fullTitle, tab, isSelected, isNarrow, status, time }: RowProps) {
  const { key, title, depth, isPipeline } = line;
  const word = statusWord(status);
  return (
    <li className={classes.outlineItem}>
      <Tooltip label={`${fullTitle} · ${word}`} position="right" disabled={!isNarrow}>
        <Link
          to={stepHref({ run, step: key, tab })}
          className={classes.outlineRow}
          style={isNarrow || depth === 0 ? undefined : { paddingLeft: 10 + depth * indent }}
          data-outline={key}
          data-pipeline={isPipeline || undefined}
          data-st={status}
          aria-current={isSelected || undefined}
        >
          <StatusIcon status={status} />
          {isNarrow ? (
            <span className="pw-hidden">{`${fullTitle}, ${word.toLowerCase()}`}</span>
          ) : (
            <>
              <span className="pw-clip pw-grow" title={fullTitle}>
                {title}
                <span className="pw-hidden">, {word.toLowerCase()}</span>
              </span>
              <span className={classes.outlineTime}>{time}</span>
            </>
          )}
        </Link>
      </Tooltip>
    </li>
  );
}
