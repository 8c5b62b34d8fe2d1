import type { StepStatus } from '@pipewright/shared/run/status.ts';
import type { StepCounts } from '@pipewright/shared/run/step-run.ts';
import { Tooltip } from '@mantine/core';
import { statusWord } from './status-looks.ts';
import classes from './status.module.css';

/** Done at the left, what went wrong at the right: the order of the stacked bar. */
const barOrder: readonly StepStatus[] = [
  'reused',
  'completed',
  'finalizing',
  'running',
  'retrying',
  'preparing',
  'queued',
  'waiting',
  'skipped',
  'cancelled',
  'blocked',
  'lost',
  'timed-out',
  'failed',
];

/** The steps of a run as one stacked bar; its counts are in the tooltip and the accessible name. */
export function StatusBar({ counts, width }: { readonly counts: StepCounts; readonly width?: number }) {
  const text = describeCounts(counts);
  return (
    <Tooltip label={text}>
      <div className={classes.bar} role="img" aria-label={text} style={width === undefined ? undefined : { width }}>
        {barOrder.map((status) => {
          const count = counts[status] ?? 0;
          return count > 0 && <i key={status} className={classes.part} data-st={status} style={{ flex: count }} />;
        })}
      </div>
    </Tooltip>
  );
}

/** `3 reused, 2 completed, 1 failed`. */
function describeCounts(counts: StepCounts): string {
  const parts = barOrder.flatMap((status) => {
    const count = counts[status] ?? 0;
    return count > 0 ? [`${count} ${statusWord(status).toLowerCase()}`] : [];
  });
  return parts.length > 0 ? parts.join(', ') : 'no steps';
}

export function totalSteps(counts: StepCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
