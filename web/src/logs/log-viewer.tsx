import { ActionIcon, Select, Tooltip } from '@mantine/core';
import { IconAlertOctagonFilled, IconDownload } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { StepAddress } from '../api/step-runs.ts';
import { ErrorState } from '../ui/feedback/error-state.tsx';
import { AfterPause } from '../ui/feedback/skeletons.tsx';
import { formatBytes } from '../ui/format/number.ts';
import { downloadLog } from './download-log.ts';
import { findErrorLine, findInLog } from './find-in-log.ts';
import { LogLines } from './log-lines.tsx';
import { LogSearch } from './log-search.tsx';
import classes from './logs.module.css';
import { useLog } from './use-log.ts';

interface LogViewerProps {
  readonly address: StepAddress;
  /** The step's title, for the accessible name. */
  readonly title: string;
  /** Attempts begun so far. */
  readonly attempts: number;
  /** Marked in the log and one press away. */
  readonly firstError?: string | undefined;
}

/** A step's log: followed while it grows, searched, with its first error marked. */
export function LogViewer({ address, title, attempts, firstError }: LogViewerProps) {
  const [attempt, setAttempt] = useState<number | undefined>(undefined);
  const log = useLog(attempts > 0 ? address : null, attempt);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const [isFollowing, setIsFollowing] = useState(firstError === undefined);
  const [goal, setGoal] = useState<number | null>(null);
  const asked = useDeferredValue(query);
  const matches = useMemo(() => findInLog(log.lines, asked), [log.lines, asked]);
  const errorLine = useMemo(() => findErrorLine(log.lines, firstError), [log.lines, firstError]);
  const current = matches[Math.min(chosen, matches.length - 1)];

  const show = (line: number): void => {
    setIsFollowing(false);
    setGoal(line);
  };
  const step = (by: number): void => {
    if (matches.length === 0) return;
    const next = (chosen + by + matches.length) % matches.length;
    setChosen(next);
    show(matches[next]?.line ?? 0);
  };

  if (attempts === 0) return <p className={classes.nothing}>The log begins when the step starts.</p>;
  return (
    <div className={classes.viewer}>
      <div className={classes.tools}>
        <LogSearch
          query={query}
          current={matches.length === 0 ? 0 : Math.min(chosen, matches.length - 1) + 1}
          count={matches.length}
          onQuery={(text) => {
            setQuery(text);
            setChosen(0);
            const [first] = findInLog(log.lines, text);
            if (first) show(first.line);
          }}
          onStep={step}
        />
        {attempts > 1 && (
          <Select
            size="xs"
            w={104}
            aria-label="Attempt"
            value={String(attempt ?? attempts)}
            onChange={(value) => setAttempt(value === String(attempts) ? undefined : Number(value))}
            data={Array.from({ length: attempts }, (_, index) => ({ value: String(index + 1), label: `Attempt ${index + 1}` }))}
          />
        )}
        {errorLine >= 0 && (
          <Tooltip label="Go to the first error">
            <ActionIcon aria-label="Go to the first error" onClick={() => show(errorLine)}>
              <IconAlertOctagonFilled size={15} className={classes.errorIcon} />
            </ActionIcon>
          </Tooltip>
        )}
        {log.state !== 'ended' && (
          <button type="button" className={classes.live} aria-pressed={isFollowing} onClick={() => setIsFollowing(!isFollowing)}>
            <i aria-hidden />
            Live
          </button>
        )}
        <Tooltip label="Download the log">
          <ActionIcon aria-label="Download the log" onClick={() => void downloadLog(address, attempt)}>
            <IconDownload size={15} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      </div>
      {log.skippedBytes > 0 && <p className={classes.skipped}>The first {formatBytes(log.skippedBytes)} are left out here. Download the log for all of it.</p>}
      {log.state === 'unreadable' && log.lines.length === 0 ? (
        <ErrorState title="The log could not be read" message={log.error ?? ''} />
      ) : (
        <LogLines
          label={`Log of ${title}`}
          lines={log.lines}
          matches={matches}
          current={current}
          errorLine={errorLine}
          isFollowing={isFollowing}
          goal={goal}
          onLeaveEnd={() => setIsFollowing(false)}
        />
      )}
      {log.state === 'reading' && log.lines.length === 0 && (
        <AfterPause>
          <p className={classes.nothing}>Reading the log…</p>
        </AfterPause>
      )}
      {log.state !== 'reading' && log.state !== 'unreadable' && log.lines.length === 0 && <p className={classes.nothing}>Nothing was written.</p>}
    </div>
  );
}
