import type { Run } from '@pipewright/shared/http/runs.ts';
import { isRunEnded } from '@pipewright/shared/run/status.ts';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBarToLeft, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { runKeys } from '../../api/runs.ts';
import { useRunSummary } from '../../realtime/run-store.ts';
import { useLiveRun } from '../../realtime/use-live-run.ts';
import { Duration } from '../../ui/format/elapsed.tsx';
import { RelativeTime } from '../../ui/format/relative-time.tsx';
import { StatusWord } from '../../ui/status/status-word.tsx';
import { RunLetter } from './run-letter.tsx';
import classes from './compare-page.module.css';

interface RunCardProps {
  readonly run: Run;
  readonly index: number;
  readonly differing: number;
  readonly total: number;
  /** There is nothing yet to compare it with. */
  readonly isAlone: boolean;
  readonly onRemove: () => void;
  readonly onFirst: () => void;
}

/** One of the runs: how it ended, and how much of it is not as in the first. */
export function RunCard({ run, index, differing, total, isAlone, onRemove, onFirst }: RunCardProps) {
  useLiveRun(run.id);
  const now = useRunSummary(run.id) ?? run;
  useReadWhenEnded(run, isRunEnded(now.status));
  const reused = now.counts.reused ?? 0;
  const apart = differing === 0 ? 'every step as in A' : `${differing} of ${total} steps differ from A`;
  const first = isAlone ? '' : 'baseline';
  const note = [index === 0 ? first : apart, reused > 0 ? `${reused} reused` : ''].filter(Boolean).join(' · ');
  return (
    <section className={classes.run} data-run={index} aria-label={`Run ${run.id}`}>
      <div className="pw-row">
        <RunLetter index={index} />
        <Link to={`/runs/${run.id}`} className={classes.runLink}>
          Run {run.id}
        </Link>
        <span className="pw-sm pw-t2 pw-clip pw-grow" title={run.name}>
          {run.name}
        </span>
        {index > 0 && (
          <Tooltip label="Compare against this one">
            <ActionIcon size="sm" aria-label={`Compare against run ${run.id}`} onClick={onFirst}>
              <IconArrowBarToLeft size={14} stroke={1.8} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
        <Tooltip label="Leave it out">
          <ActionIcon size="sm" aria-label={`Leave out run ${run.id}`} onClick={onRemove}>
            <IconX size={14} stroke={1.8} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={`pw-row pw-xs pw-t2 ${classes.runFacts}`}>
        <StatusWord status={now.status} />
        <Duration from={now.queuedAt} to={now.endedAt} />
        <RelativeTime at={now.queuedAt} form="moment" />
        <span className={classes.runNote} title={note}>
          {note}
        </span>
      </div>
    </section>
  );
}

/** What a run that goes on has put out and logged is read once it has ended. */
function useReadWhenEnded({ id, status }: Run, hasEnded: boolean): void {
  const client = useQueryClient();
  const wasRead = isRunEnded(status);
  useEffect(() => {
    if (hasEnded && !wasRead) void client.invalidateQueries({ queryKey: runKeys.detail(id) });
  }, [client, id, hasEnded, wasRead]);
}
