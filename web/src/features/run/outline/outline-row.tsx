import { Tooltip } from '@mantine/core';
import { memo } from 'react';
import { Link } from 'react-router';
import { useStepRun } from '../../../realtime/run-store.ts';
import { StatusIcon } from '../../../ui/status/status-icon.tsx';
import { statusWord } from '../../../ui/status/status-looks.ts';
import { stepHref } from '../../../step-run/step-href.ts';
import { StepTime } from '../../../step-run/step-time.tsx';
import classes from '../../../step-run/step-run.module.css';

interface OutlineRowProps {
  readonly run: string;
  readonly step: string;
  readonly title: string;
  readonly tab: string;
  readonly isSelected: boolean;
  /** Only the icon. */
  readonly isNarrow: boolean;
}

export const OutlineRow = memo(function OutlineRow({ run, step, title, tab, isSelected, isNarrow }: OutlineRowProps) {
  const stepRun = useStepRun(run, step);
  if (!stepRun) return null;
  const word = statusWord(stepRun.status);
  return (
    <li className={classes.outlineItem}>
      <Tooltip label={`${title} · ${word}`} position="right" disabled={!isNarrow}>
        <Link
          to={stepHref({ run, step, tab })}
          className={classes.outlineRow}
          data-outline={step}
          data-st={stepRun.status}
          aria-current={isSelected || undefined}
        >
          <StatusIcon status={stepRun.status} />
          {isNarrow ? (
            <span className="pw-hidden">{`${title}, ${word.toLowerCase()}`}</span>
          ) : (
            <>
              <span className="pw-clip pw-grow" title={title}>
                {title}
                <span className="pw-hidden">, {word.toLowerCase()}</span>
              </span>
              <span className={classes.outlineTime}>
                <StepTime step={stepRun} />
              </span>
            </>
          )}
        </Link>
      </Tooltip>
    </li>
  );
});
